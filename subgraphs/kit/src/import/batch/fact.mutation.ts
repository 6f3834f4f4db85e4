/** A fact proposed by form and approved by a second person: a batch of one (ARCHITECTURE §7, 3.8). */
import type { ClassType } from 'type-graphql';
import { deriveKey, mac } from '../../call/crypto.js';
import type { Context } from '../../call/context.js';
import { checkText } from '../../change/text.rules.js';
import { change, type After } from '../../change/door.js';
import { open, make } from '../../change/make-row.js';
import type { Noun } from '../../change/noun.js';
import { Changes, RowArgs } from '../../change/payload.js';
import type { Changes as Changed } from '../../change/write-row.js';
import type { ImportJob } from '../job.js';
import { approveNow, jobOf, type BatchKinds } from './apply-batch.js';
import { factArgs, readFact, type FactRequest } from './fact-args.js';
import type { BatchRow } from './import-batch.js';
import { mutationClass } from './mutation-class.js';
import type { SingleFact } from './single-fact.js';
import { stageFact } from './stage-fact.js';

const NUMBER_AT_MOST = 100;
/** What stands where a batch of a file has its name. */
const NO_FILE = '';

/** The batch; a key takes the place of a file's digest, for few values could be guessed from one. */
function batchOf(
  { keyring }: Context,
  { kind }: ImportJob,
  row: object,
  { basisDocNo }: FactRequest,
): Changed<BatchRow> {
  const key = deriveKey(keyring.dataKey, 'proposed fact');
  return {
    kind: kind.name,
    fileName: NO_FILE,
    fileDigest: mac(key, JSON.stringify(row)),
    rows: 1,
    rejected: 0,
    byForm: true,
    ...(basisDocNo !== undefined && { basisDocNo }),
  };
}

async function propose(
  ctx: Context,
  noun: Noun<BatchRow>,
  { action, student }: SingleFact,
  job: ImportJob,
  request: FactRequest,
) {
  const name = `${action}.propose`;
  let row: Readonly<Record<string, unknown>> = {};
  const step = (): Changed<BatchRow> => {
    checkText('basisDocNo', request.basisDocNo ?? '', NUMBER_AT_MOST);
    row = readFact(job.kind, request) as Record<string, unknown>;
    return batchOf(ctx, job, row, request);
  };
  const after: After<BatchRow> = (batch, { by: { orgs }, follow }) =>
    follow((em, at) => stageFact(em, job, batch, { row, orgs, at, dataKey: ctx.keyring.dataKey }));
  if (!student) return make(ctx, name, noun, request, step, after);
  const on = { ...student, id: String(request['studentNo']) };
  return open(ctx, name, noun, on, request, step, after);
}

/** The two mutations of each fact that an office takes by form. */
export function factMutations(noun: Noun<BatchRow>, kinds: BatchKinds): ClassType[] {
  return kinds.facts.flatMap((fact) => {
    const job = jobOf(kinds, fact.kind);
    // Another office cannot see what a transaction has not committed.
    if (job.confirmation) throw new Error(`${fact.kind} are confirmed elsewhere: no form.`);
    const [proposes, approves] = [`${fact.action}.propose`, `${fact.action}.approve`];
    return [
      mutationClass<FactRequest>({
        action: proposes,
        args: factArgs(job.kind),
        mark: Changes(proposes, noun, 'Propose one fact, as a row of a file.'),
        run: (ctx, request) => propose(ctx, noun, fact, job, request),
      }),
      mutationClass<RowArgs>({
        action: approves,
        args: RowArgs,
        mark: Changes(approves, noun, 'Approve one fact as its second person.'),
        run: (ctx, request) => change(ctx, approves, noun, request, approveNow(ctx, kinds)),
      }),
    ];
  });
}
