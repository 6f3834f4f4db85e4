/** One POST as it goes over the wire: what came back, status and all. */
import { request } from 'undici';

export interface Posted {
  readonly status: number;
  readonly body: unknown;
}

export async function post(
  url: string | URL,
  body: string,
  headers: Record<string, string> = {},
): Promise<Posted> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, body: JSON.parse(text) as unknown };
}
