import { createLog } from '@chengxin/kit/server/log';
import { expect, test } from 'vitest';

test('what a database says of values in a row is not written down (DOMAIN 3.7(8))', () => {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const values = {
    detail: 'Failing row contains (2025020415, 赵文博, 990000200702111115).',
    where: 'COPY student, line 1: "990000200702111115"',
    parameters: ['990000200702111115'],
  };
  const cause = Object.assign(new Error('null value in column "phone"'), {
    ...values,
    code: '23502',
    table: 'student',
    column: 'phone',
  });
  const error = Object.assign(new Error('The row was not written.', { cause }), values);
  error.stack = 'Error: at office';
  cause.stack = 'Error: at driver';

  createLog('test', 'info', { write }).error({ err: error }, 'fault');

  expect(lines).toEqual([
    {
      level: 50,
      time: expect.any(String),
      part: 'test',
      msg: 'fault',
      err: {
        type: 'Error',
        message: 'The row was not written.',
        stack: 'Error: at office',
        cause: {
          type: 'Error',
          message: 'null value in column "phone"',
          stack: 'Error: at driver',
          code: '23502',
          table: 'student',
          column: 'phone',
        },
      },
    },
  ]);
});
