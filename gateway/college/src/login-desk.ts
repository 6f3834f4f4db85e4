/** Asks a person to log in and reports the result to the provider. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFault } from '@chengxin/kit/errors';
import type { Log } from '@chengxin/kit/server/log';
import type { GraphQLError } from 'graphql';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { UNKNOWN_PERSON } from '@chengxin/kit/command/clients';
import type { Rates } from '@chengxin/gateway/limits/rates';
import { loginPage, newNonce, pageHeaders, problemPage } from './login-page.js';
import type { DemoPerson, People } from './people.js';

const MAX_FORM_BYTES = 4_096;

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** @param rates  How often one address may load the page or send its form. */
export function createLoginDesk(
  provider: Provider,
  people: People,
  { countAddress }: Pick<Rates, 'countAddress'>,
  log: Log,
) {
  const show = async (
    response: ServerResponse,
    { uid, params }: Interaction,
    typed: string,
    unknown: boolean,
  ): Promise<void> => {
    const nonce = newNonce();
    const found = await search(people, typed);
    response.writeHead(unknown ? UNKNOWN_PERSON : 200, pageHeaders(nonce, originOf(params)));
    response.end(
      loginPage({
        nonce,
        action: `/login/${uid}`,
        people: unknown && found.length === 0 ? await people.list() : found,
        typed,
        unknown,
      }),
    );
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const interaction = await provider.interactionDetails(request, response);
    const { pathname, searchParams } = new URL(request.url ?? '/', provider.issuer);
    if (pathname !== `/login/${interaction.uid}`) throw new errors.SessionNotFound('another login');
    if (request.method !== 'POST')
      return show(response, interaction, clean(searchParams.get('person')), false);

    const typed = clean((await readForm(request)).get('person'));
    const person = typed ? await people.find(typed) : null;
    if (!person) return show(response, interaction, typed, true);
    await leave(provider, interaction, person.id);
    const result = { login: { accountId: person.id }, consent: {} };
    await provider.interactionFinished(request, response, result);
  };

  /** Every failure ends in a page; those that are ours end in the log, too. */
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const { headers, socket } = request;
      await countAddress({ headers, address: socket.remoteAddress ?? '' });
      await answer(request, response);
    } catch (error) {
      if (isFault(error)) return refuse(response, error);
      const expired = error instanceof errors.SessionNotFound;
      if (!expired) log.error({ err: error }, 'The login page failed.');
      if (response.headersSent) return void response.destroy();
      const nonce = newNonce();
      response.writeHead(expired ? 400 : 500, pageHeaders(nonce));
      response.end(problemPage(nonce, expired ? 'This log-in has expired.' : 'Internal error.'));
    }
  };
}

/** Somebody guesses people, or floods: the answer says when to retry. */
function refuse(response: ServerResponse, { message, extensions }: GraphQLError): void {
  const nonce = newNonce();
  const retryAfter = { 'retry-after': String(extensions['retryAfterSeconds']) };
  response.writeHead(429, { ...pageHeaders(nonce), ...retryAfter });
  response.end(problemPage(nonce, message));
}

const clean = (typed: string | null): string => (typed ?? '').trim().slice(0, 64);

/** The listed people whose number, name or note has the text in it, and who has it as number. */
async function search(people: People, typed: string): Promise<readonly DemoPerson[]> {
  const listed = await people.list();
  if (!typed) return listed;
  const wanted = typed.toLowerCase();
  const found = listed.filter(({ id, name, note }) =>
    [id, name, note].some((text) => text.toLowerCase().includes(wanted)),
  );
  const exact = await people.find(typed);
  if (!exact || found.some(({ id }) => id === exact.id)) return found;
  return [{ ...exact, note: '' }, ...found];
}

/**
 * Another person logs in at the same browser: the session of the former one ends. The library would
 * send a page that needs a script for this.
 */
async function leave(provider: Provider, interaction: Interaction, id: string): Promise<void> {
  const { session: former } = interaction;
  if (!former?.accountId || former.accountId === id) return;
  await (await provider.Session.findByUid(former.uid))?.destroy();
  interaction.session = undefined;
  await interaction.persist();
}

/** The application's origin; its address has been checked by the provider. */
const originOf = ({ redirect_uri: uri }: Record<string, unknown>): string =>
  typeof uri === 'string' ? (URL.parse(uri)?.origin ?? '') : '';

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MAX_FORM_BYTES) throw new Error('The form is too large.');
  }
  return new URLSearchParams(body);
}
