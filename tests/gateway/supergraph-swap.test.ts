import { createHash } from 'node:crypto';
import type { GatewayExecutor } from '@apollo/server-gateway-interface';
import { guardGateway } from '@chengxin/gateway/privacy/guarded-gateway';
import { supergraphSource } from '@chengxin/gateway/privacy/supergraph-source';
import { buildSchema, parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { refusal, startCollege, type College } from './small-college.js';
import { compose, OFFICES } from './small-college-schema.js';

const started: College[] = [];
const start = async (...options: Parameters<typeof startCollege>): Promise<College> => {
  const college = await startCollege(...options);
  started.push(college);
  return college;
};
afterEach(async () => {
  for (const college of started.splice(0)) await college.stop();
});

const QUERY = '{ student(studentNo: "1") { name college } }';
const OPEN = { data: { student: { name: 'Li Lei', college: 'CS' } } };

/** The archive with another guard on `Student.college`. */
const withCollege = (guard: string): string =>
  compose({
    ...OFFICES,
    archive: OFFICES.archive.replace(
      'college: String @policy(policies: [["IDENTITY"]])',
      `college: String ${guard}`,
    ),
  });

test('a new supergraph is swapped in while serving, and its policies with it', async () => {
  const college = await start();
  expect(await college.request('FIN_CLERK', QUERY)).toEqual(OPEN);

  college.source.update(withCollege('@policy(policies: [["GRADES"]])'));
  expect(await college.request('FIN_CLERK', QUERY)).toEqual({
    data: { student: { name: 'Li Lei', college: null } },
    errors: [refusal(['student', 'college'], 'GRADES', 'FG08', 'FIN_CLERK')],
  });

  college.source.update(compose());
  expect(await college.request('FIN_CLERK', QUERY)).toEqual(OPEN);
});

test.each([
  ['without any policy', () => compose().replace(/policy\/v0.1/, 'other/v0.1'), 'no @policy'],
  ['with an unguarded field', () => withCollege(''), 'fields without @policy: Student.college'],
  ['that is no SDL', () => 'type Query {', 'Syntax Error'],
  [
    'that the planner cannot read',
    () => compose().replace(/@join__type\(graph: FINANCE\)/g, '@join__type(graph: NOBODY)'),
    'NOBODY',
  ],
])('a supergraph %s is refused and the last good one serves on', async (_, sdl, reason) => {
  const college = await start();
  const broken = sdl();
  const last = college.source.current;

  expect(() => college.source.update(broken)).toThrow(
    new RegExp(`^The new supergraph is refused, the last one serves on\\. .*${reason}`, 's'),
  );
  expect(college.source.current).toBe(last);
  expect(await college.request('FIN_CLERK', QUERY)).toEqual(OPEN);
  expect(await college.request('EV_AWARD', '{ student(studentNo: "1") { phone } }')).toEqual({
    data: { student: { phone: null } },
    errors: [refusal(['student', 'phone'], 'SENSITIVE_IDENTITY', 'FG02', 'EV_AWARD')],
  });
});

test('a request that was validated before a swap is judged by the new supergraph', async () => {
  let swap: (() => void) | undefined;
  const college = await start({
    plugins: [
      {
        requestDidStart: async () => ({
          didResolveOperation: async () => swap?.(),
        }),
      },
    ],
  });

  swap = () => college.source.update(withCollege('@policy(policies: [["GRADES"]])'));
  expect(await college.request('FIN_CLERK', QUERY)).toEqual({
    data: { student: { name: 'Li Lei', college: null } },
    errors: [refusal(['student', 'college'], 'GRADES', 'FG08', 'FIN_CLERK')],
  });

  swap = () =>
    college.source.update(
      compose({ ...OFFICES, archive: OFFICES.archive.replace('college: String', 'dorm: String') }),
    );
  const answer = await college.request('FIN_CLERK', QUERY);
  expect(answer.data).toBeUndefined();
  expect(answer.errors?.map(({ message }) => message)).toEqual([
    'Cannot query field "college" on type "Student".',
  ]);
  expect(college.calls).toEqual([]);
});

test('an operation is filtered once for each role, until the supergraph changes', async () => {
  const college = await start({ keep: 2 });
  const counts = () => {
    const { size, hits, misses } = college.gateway.filters;
    return { size, hits, misses };
  };
  expect(counts()).toEqual({ size: 0, hits: 0, misses: 0 });

  await college.request('FIN_CLERK', QUERY);
  await college.request('FIN_CLERK', QUERY);
  expect(counts()).toEqual({ size: 1, hits: 1, misses: 1 });

  await college.request('COUNSELLOR', QUERY);
  await college.request('FIN_CLERK', QUERY);
  expect(counts()).toEqual({ size: 2, hits: 2, misses: 2 });

  // The least recently used makes room.
  await college.request('EV_AWARD', QUERY);
  await college.request('FIN_CLERK', QUERY);
  expect(counts()).toEqual({ size: 2, hits: 3, misses: 3 });
  await college.request('COUNSELLOR', QUERY);
  expect(counts()).toEqual({ size: 2, hits: 3, misses: 4 });

  college.source.update(withCollege('@policy(policies: [["GRADES"]])'));
  expect(counts()).toEqual({ size: 0, hits: 3, misses: 4 });
  await college.request('COUNSELLOR', QUERY);
  expect(counts()).toEqual({ size: 1, hits: 3, misses: 5 });
});

test('known operations are filtered and planned before a supergraph serves', async () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const unknown = '{ student(studentNo: "1") { height } }';
  const college = await start({
    known: {
      operations: new Map([QUERY, unknown].map((text) => [hash(text), parse(text)])),
      callers: [
        { role: 'FIN_CLERK', purpose: 'OFFICE_DUTY' },
        { role: 'EV_AWARD', purpose: 'EVAL_AWARD' },
      ],
    },
  });
  const counts = ({ size, hits, misses }: { size: number; hits: number; misses: number }) => ({
    size,
    hits,
    misses,
  });
  const both = () => ({ filters: counts(college.gateway.filters), plans: counts(college.plans) });

  // Both see the same of it, so that they share a plan.
  const planned = both();
  expect(planned).toEqual({
    filters: { size: 2, hits: 0, misses: 2 },
    plans: { size: 1, hits: 1, misses: 1 },
  });
  expect(college.unfit).toEqual([hash(unknown)]);

  expect(await college.request('FIN_CLERK', QUERY)).toEqual(OPEN);
  expect(both()).toEqual({
    filters: { size: 2, hits: 1, misses: 2 },
    plans: { size: 1, hits: 2, misses: 1 },
  });

  // Now the two see different parts of it.
  college.source.update(withCollege('@policy(policies: [["GRADES"]])'));
  expect(both()).toMatchObject({ filters: { size: 2, misses: 4 }, plans: { size: 1, misses: 2 } });
  expect(await college.request('FIN_CLERK', QUERY)).toMatchObject({ data: { student: {} } });
  expect(both()).toMatchObject({ filters: { misses: 4 }, plans: { misses: 2 } });
});

test('operations of one document are kept apart', async () => {
  const college = await start();
  const query = `query A { ${QUERY.slice(1)} query B { student(studentNo: "1") { phone } }`;

  await college.request('FIN_CLERK', query, { operationName: 'A' });
  await college.request('FIN_CLERK', query, { operationName: 'B' });

  const { hits, misses } = college.gateway.filters;
  expect({ hits, misses }).toEqual({ hits: 0, misses: 2 });
});

test('a gateway that loads a supergraph whose policies cannot be read answers nothing more', async () => {
  const leaky: GatewayExecutor = async () => ({ data: { student: 'leaked' } });
  const bad = 'type Query { student: String }';
  const guarded = guardGateway({
    supergraph: supergraphSource(compose()),
    refused: async () => {},
    makeGateway: () => ({
      onSchemaLoadOrUpdate(take) {
        take({ apiSchema: buildSchema(bad), coreSupergraphSdl: compose() });
        expect(() => take({ apiSchema: buildSchema(bad), coreSupergraphSdl: bad })).toThrow(
          'no @policy',
        );
        return () => {};
      },
      prepare: () => {},
      load: async () => ({ executor: leaky }),
      stop: async () => {},
    }),
  });

  const { executor } = await guarded.load({ apollo: {} });
  await expect(executor!({} as Parameters<GatewayExecutor>[0])).rejects.toThrow(
    'The policies of the supergraph are not known.',
  );
});

test('a supergraph that one gateway takes and another refuses is taken back', () => {
  const [last, next] = [compose(), withCollege('@policy(policies: [["GRADES"]])')];
  const source = supergraphSource(last);
  const taken: string[] = [];
  source.subscribe((sdl) => void taken.push(sdl));
  const end = source.subscribe((sdl) => {
    if (sdl === next) throw new Error('It cannot be planned.');
  });

  expect(() => source.update(next)).toThrow(
    'The new supergraph is refused, the last one serves on. It cannot be planned.',
  );
  expect(taken).toEqual([next, last]);
  expect(source.current).toBe(last);

  end();
  source.update(next);
  expect(taken).toEqual([next, last, next]);
  expect(source.current).toBe(next);
});
