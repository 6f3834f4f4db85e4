/** The caller, picked from a list: for a college with the embedded identity provider alone. */
import { loginAs } from '@chengxin/kit/command/login';
import {
  json,
  refusal,
  type HttpRequest,
  type HttpResponse,
  type Route,
  type Routes,
} from '@chengxin/kit/call/http';
import type { People } from './people.js';
import type { Actor, ActorReader } from '@chengxin/gateway/identity/actor';
import { isDevelopment } from '@chengxin/gateway/mode';
import { isOwnPage } from '@chengxin/gateway/explorer/same-origin';

/** A person on the list, with the roles to request in. */
interface PickedPerson {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly roles: readonly string[];
}

interface PickerParts {
  readonly people: People;
  readonly actorOf: ActorReader;
  /** The embedded provider. */
  readonly issuer: string;
  /** What its tokens are for. */
  readonly audience: string;
}

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

const give = (value: unknown): HttpResponse => ({ ...json(200, value), headers: HEADERS });

const toOwnPage =
  (route: Route): Route =>
  (request) =>
    isOwnPage(request) ? route(request) : refusal(403, 'FORBIDDEN_ACTION');

/** Granted roles first, then what one is by oneself. */
const rolesOf = ({ studentNo, isStaff, grants }: Actor): string[] => [
  ...new Set(grants.map(({ role }) => role)),
  ...(studentNo ? ['STU_SELF', 'STU_OTHER'] : []),
  ...(isStaff ? ['STAFF_SELF'] : []),
];

function readPerson({ body }: HttpRequest): string | undefined {
  try {
    const { person } = (JSON.parse(body.toString('utf8')) ?? {}) as { person?: unknown };
    return typeof person === 'string' ? person : undefined;
  } catch {
    return undefined;
  }
}

/**
 * `GET /explorer/people` and `POST /explorer/token`: the people of the embedded provider, and the
 * real log-in of one of them. For development alone, as the provider itself.
 */
export function pickerRoutes({ people, actorOf, issuer, audience }: PickerParts): Routes {
  if (!isDevelopment()) return {};

  async function listPeople(): Promise<HttpResponse> {
    const listed = await people.list();
    const withRoles = listed.map(async ({ id, name, note }): Promise<PickedPerson> => {
      return { id, name, note, roles: rolesOf(await actorOf({ subject: id })) };
    });
    return give(await Promise.all(withRoles));
  }

  async function logIn(request: HttpRequest): Promise<HttpResponse> {
    const person = readPerson(request);
    if (person === undefined) return refusal(400, 'VALIDATION', 'person');
    if (!(await people.find(person))) return refusal(404, 'NOT_FOUND');
    return give({ token: await loginAs({ issuer, audience, person }) });
  }

  return {
    'GET /explorer/people': toOwnPage(listPeople),
    'POST /explorer/token': toOwnPage(logIn),
  };
}
