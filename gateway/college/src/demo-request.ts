/** Requests of one person of the demo college, while it is filled. */
import { randomUUID } from 'node:crypto';

/** What a mutation answers. */
export interface Done {
  readonly ok: boolean;
  readonly errors: readonly { readonly message: string }[];
}

/** @throws Error with what the office refused. */
export function requireDone(what: string, { ok, errors }: Done): void {
  if (!ok) throw new Error(`${what}: ${errors.map(({ message }) => message).join(' ')}`);
}

/**
 * @returns A function from an operation and its variables to its data; `request` is a number of its own.
 * @throws Error with what the gateway refused.
 */
export const asPerson =
  (url: string | URL, token: string) =>
  async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-purpose': 'ADMIN_REVIEW',
    };
    const body = JSON.stringify({ query, variables: { request: randomUUID(), ...variables } });
    const answer = await fetch(url, { method: 'POST', headers, body });
    const { data, errors } = (await answer.json()) as { data?: Data | null; errors?: unknown };
    if (errors || !data) throw new Error(`The demo college: ${JSON.stringify(errors)}`);
    return data;
  };
