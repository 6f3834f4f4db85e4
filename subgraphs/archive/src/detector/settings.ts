/** When a detector opens a review, as the school sets it. Source: DOMAIN 3.6. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Each detector, with the number from which on it opens a review; 0 turns it off. */
const USUAL = {
  /** D-01: students opened by one person within an hour, outside a task. */
  OPENED_STUDENTS: 51,
  /** D-02: students opened in a day who are in no task of the reader. */
  OUTSIDE_TASKS: 30,
  /** D-03: students opened in one night. */
  AT_NIGHT: 5,
  /** D-04: refused requests within ten minutes. */
  DENIED_FIELDS: 5,
  /** D-05: changes that were never requested. */
  WITHOUT_REQUEST: 1,
  /** D-06: exports of a person from seven days before his transfer is known until he is gone. */
  EXPORT_THEN_TRANSFER: 1,
} as const;

export type Detector = keyof typeof USUAL;
export const DETECTORS = Object.keys(USUAL) as Detector[];

export interface DetectorSettings {
  readonly from: Readonly<Record<Detector, number>>;
  /** Hours of the day at +08:00 between which it is night: [22, 6]. */
  readonly night: readonly [begins: number, ends: number];
  /** Numbers of staff whom no detector judges: who tests the system. */
  readonly exempt: readonly string[];
}

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function thresholdOf(pair: string): readonly [Detector, number] {
  const [name = '', number = ''] = pair.split('=');
  const detector = DETECTORS.find((one) => one === name);
  if (!detector || !/^\d{1,6}$/.test(number))
    throw new Error(`DETECTORS: ${pair} is not one of ${DETECTORS.join(', ')}, = and a number.`);
  return [detector, Number(number)];
}

function nightOf(text: string | undefined): readonly [number, number] {
  const [, begins, ends] = /^(\d{1,2})-(\d{1,2})$/.exec(text || '22-6') ?? [];
  const night = [Number(begins), Number(ends)] as const;
  if (night.some((hour) => !(hour <= 23)) || night[0] === night[1])
    throw new Error('DETECTORS_NIGHT names two hours, as 22-6.');
  return night;
}

/** @throws Error that names the setting. */
export const detectorSettingsOf = (env: Environment): DetectorSettings => ({
  from: { ...USUAL, ...Object.fromEntries(listOf(env['DETECTORS']).map(thresholdOf)) },
  night: nightOf(env['DETECTORS_NIGHT']),
  exempt: listOf(env['DETECTORS_EXEMPT']),
});
