/** The people whom the embedded provider lets in: whoever the archive knows. */
import { DECIDING_OFFICE } from '@chengxin/gateway/offices';
import type { OfficeCaller } from '@chengxin/gateway/fetch/signed-post';
import { labelOf } from '@chengxin/kit/schema/labels';
import type { DemoPerson, People } from './people.js';

interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly roles: readonly string[];
}

/** Students of DOMAIN §5, so that the login page offers a few. */
const STUDENTS = ['2024010317', '2024010305', '2024020111', '2025020415'];

async function post<T>(caller: OfficeCaller, path: string, question: object): Promise<T> {
  const { status, text } = await caller.post(DECIDING_OFFICE, path, JSON.stringify(question));
  if (status !== 200) throw new Error(`The archive answered ${status}.`);
  return JSON.parse(text) as T;
}

/** The note is Chinese; the role stands beside it in English. */
const inWords = (role: string): string => labelOf('Role', role)?.en ?? role;

export function demoPeople(caller: OfficeCaller): People {
  const find = async (id: string) => {
    const person = await post<{ name?: string }>(caller, '/actor', { subject: id });
    return person.name ? { id, name: person.name } : null;
  };
  return {
    find,
    async list(): Promise<DemoPerson[]> {
      const staff = await post<StaffMember[]>(caller, '/people', {});
      const students = await Promise.all(STUDENTS.map(find));
      return [
        ...students.flatMap((one) => (one ? [{ ...one, note: '学生 student' }] : [])),
        ...staff.map(({ id, name, note, roles }) => ({
          id,
          name,
          note: [note, ...roles.map(inWords)].filter(Boolean).join(' '),
        })),
      ];
    },
  };
}
