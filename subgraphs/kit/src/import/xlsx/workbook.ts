/** Where things stand in a workbook. */
import { posix } from 'node:path';
import { refusedFile } from '../reason.js';
import { everything } from './xml.js';
import type { Zip } from './zip.js';

export interface Workbook {
  /** Part of the first sheet that is not hidden. */
  readonly sheet: string;
  /** Its name, and the names of the other sheets that are not hidden. */
  readonly name: string;
  readonly others: readonly string[];
  readonly styles: string | null;
  readonly strings: string | null;
  /** Days are counted from 1904, as old workbooks of a Macintosh do. */
  readonly from1904: boolean;
}

interface Relation {
  readonly id: string;
  /** Last word of its type: `worksheet`, `styles`. */
  readonly type: string;
  readonly part: string;
}

const noWorkbook = () =>
  refusedFile(
    '这不是 .xlsx 工作簿，请另存为 .xlsx 或 CSV 后再导入。',
    'This is not an .xlsx workbook. Save it as .xlsx or CSV and import that.',
  );

/** What a part refers to; addresses are relative to its folder. */
async function relationsOf(zip: Zip, part: string): Promise<Relation[]> {
  const { dir, base } = posix.parse(part);
  const file = posix.join(dir, '_rels', `${base}.rels`);
  return everything<Relation>(zip.text(file), (found) => ({
    open(element, { Id = '', Type = '', Target = '' }) {
      if (element !== 'Relationship') return;
      const address = posix.resolve('/', dir, Target).slice(1);
      found({ id: Id, type: posix.basename(Type), part: address });
    },
  }));
}

interface Named {
  readonly relation?: string;
  readonly name?: string;
  readonly from1904?: boolean;
}

/** The sheets that people see, in their order, and what the workbook says of itself. */
const namedIn = (zip: Zip, part: string): Promise<Named[]> =>
  everything<Named>(zip.text(part), (found) => ({
    open(element, { id = '', name = '', state = 'visible', date1904 = '0' }) {
      if (element === 'sheet' && state === 'visible') found({ relation: id, name });
      if (element === 'workbookPr') found({ from1904: date1904 === '1' || date1904 === 'true' });
    },
  }));

/** @throws `VALIDATION` for an archive that is no workbook, or a workbook without a sheet. */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const [root] = (await relationsOf(zip, '')).filter(({ type }) => type === 'officeDocument');
  if (!root || !root.part.endsWith('.xml') || !zip.has(root.part)) throw noWorkbook();
  const relations = await relationsOf(zip, root.part);
  const named = await namedIn(zip, root.part);
  const partOf = (type: string) => relations.find((one) => one.type === type)?.part ?? null;
  const [sheet, ...others] = named.flatMap(({ relation, name = '' }) =>
    relations
      .filter(({ id, type }) => id === relation && type === 'worksheet')
      .map(({ part }) => ({ part, name })),
  );
  if (!sheet || !zip.has(sheet.part)) throw noWorkbook();
  return {
    sheet: sheet.part,
    name: sheet.name,
    others: others.map(({ name }) => name),
    styles: partOf('styles'),
    strings: partOf('sharedStrings'),
    from1904: named.some(({ from1904 }) => from1904 === true),
  };
}
