/* The explorer's bar: the caller, his role and purpose; GraphiQL below sends these headers. */

/** A token lives for fifteen minutes; one is requested again well before. */
const TOKEN_MS = 10 * 60_000;
const REMEMBERED = 'chengxin-person';

const at = (id) => document.getElementById(id);
const [person, token, role, purpose, named, reference, example] = [
  'person',
  'token',
  'role',
  'purpose',
  'case',
  'reference',
  'example',
].map(at);

const say = (sentence) => (at('said').textContent = sentence);

/** Options of roles or purposes, in words, with the name that the header gets. */
function choices(named, chosen = named[0]?.name) {
  const words = (one) => (one.name ? `${one.words} · ${one.name}` : '默认 · Default');
  return named.map((one) => new Option(words(one), one.name, false, one.name === chosen));
}
const UNSAID = { name: '' };

function group(label, options) {
  const made = document.createElement('optgroup');
  made.label = label;
  made.append(...options);
  return options.length ? [made] : [];
}

const readJson = async (address) => {
  const answer = await fetch(address);
  return answer.ok ? answer.json() : null;
};

const contentOf = ({ query, variables }) => ({
  query,
  variables: variables ? JSON.stringify(variables, null, 2) : '',
});

/** What an editor of GraphiQL holds; there is none before it has loaded. */
const editor = (file) =>
  globalThis.monaco?.editor.getModels().find(({ uri }) => uri.path.endsWith(file));

/** Writes into an editor so that it can be undone. */
function write(file, text) {
  const model = editor(file);
  model?.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
}

function fillIn() {
  const { query, variables } = contentOf(settings.examples[example.value]);
  write('operation.graphql', query);
  write('variables.json', variables);
}

/** Whether the editors hold one of the examples as it stands, or nothing. */
function isUnedited() {
  const query = editor('operation.graphql')?.getValue() ?? '';
  const variables = editor('variables.json')?.getValue() ?? '';
  if (!query.trim() && !variables.trim()) return true;
  return settings.examples
    .map(contentOf)
    .some((one) => one.query === query && one.variables === variables);
}

/** An example of the present caller; what somebody has written himself stays. */
function swapExample() {
  if (isUnedited()) fillIn();
}

const settings = await readJson('explorer/settings');
// Only where the embedded identity provider runs; elsewhere the token is pasted.
const people = await readJson('explorer/people');

const rolesByName = new Map(settings.roles.map((one) => [one.name, one]));
const picked = () => people?.find(({ id }) => id === person.value);

/** What a role needs, filled in as far as it is known. */
function onRole() {
  const purposes = rolesByName.get(role.value)?.purposes ?? [];
  const usual = purposes.find(({ needsReference }) => !needsReference) ?? purposes[0];
  purpose.replaceChildren(...choices([UNSAID, ...purposes], usual?.name));
  const known = (people && settings.demoReferences[role.value]) || {};
  named.value = known.case ?? '';
  reference.value = known.reference ?? '';
  const isFor = ({ roles }) => roles.includes(role.value) || roles.length === 0;
  const options = (wanted) =>
    settings.examples.flatMap((one, i) => (wanted(one) ? [new Option(one.title, i)] : []));
  const forOthers = options((one) => !isFor(one));
  example.replaceChildren(
    ...group('此角色 For this role', options(isFor)),
    ...group('其他 Others', forOthers),
  );
  swapExample();
}

function onPerson() {
  const held = picked()?.roles ?? [];
  const others = [UNSAID, ...settings.roles].filter(({ name }) => !held.includes(name));
  const ofHeld = held.map((name) => rolesByName.get(name) ?? { name, words: name });
  role.replaceChildren(
    ...group('担任 Held', choices(ofHeld)),
    ...group('其他 Others', choices(others, held.length ? null : '')),
  );
  sessionStorage.setItem(REMEMBERED, person.value);
  onRole();
}

if (people) {
  at('person-field').hidden = false;
  const remembered = sessionStorage.getItem(REMEMBERED);
  person.replaceChildren(
    new Option('访客（无令牌） Nobody, without a token', ''),
    ...people.map(({ id, name, note }) => new Option(`${id} ${name} · ${note}`, id)),
  );
  person.value = people.some(({ id }) => id === remembered) ? remembered : (people[0]?.id ?? '');
} else {
  at('token-field').hidden = false;
}
onPerson();
person.addEventListener('change', onPerson);
role.addEventListener('change', onRole);

const tokens = new Map();

/** Log a person in, or use the token that is there. */
async function tokenOf(id) {
  const known = tokens.get(id);
  if (known && Date.now() - known.at < TOKEN_MS) return known.token;
  const answer = await fetch('explorer/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: id }),
  });
  const given = await answer.json();
  if (!answer.ok) throw new Error(given.errors[0].message);
  tokens.set(id, { token: given.token, at: Date.now() });
  return given.token;
}

async function identityHeaders() {
  const bearer = people ? person.value && (await tokenOf(person.value)) : token.value.trim();
  if (!bearer) return {};
  const all = {
    authorization: `Bearer ${bearer}`,
    'x-role': role.value,
    'x-purpose': purpose.value,
    'x-case': named.value.trim(),
    'x-reference': reference.value.trim(),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

function callerOf({ authorization, 'x-role': inRole, 'x-purpose': forPurpose }) {
  if (!authorization) return '未登录提问 Requested without logging in';
  const inWords = (name, { selectedOptions: [one] }) => name && one?.text;
  const who = [person.value || '令牌 token', inWords(inRole, role), inWords(forPurpose, purpose)];
  return `提问身份 Requested as: ${who.filter(Boolean).join(' · ')}`;
}

/** The schema is requested without a login: it is the same for all. */
async function answerTo(question, typed) {
  const isSchema = question.operationName === 'IntrospectionQuery';
  const headers = isSchema ? {} : await identityHeaders();
  if (!isSchema) say(callerOf(headers));
  const answer = await fetch('graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers, ...typed },
    body: JSON.stringify(question),
  });
  return answer.json();
}

/** GraphiQL's way to the graph; what goes wrong on the way is shown as an answer. */
const request = (question, { headers } = {}) =>
  answerTo(question, headers).catch(({ message }) => ({ errors: [{ message }] }));

at('caller').addEventListener('submit', (event) => {
  event.preventDefault();
  fillIn();
});

globalThis.MonacoEnvironment = {
  globalAPI: true,
  getWorkerUrl: (_, label) => `explorer/worker/${label}.js`,
};
const graphiql = document.createElement('script');
graphiql.src = 'explorer/graphiql.js';
graphiql.addEventListener('load', () =>
  globalThis.YogaGraphiQL.renderYogaGraphiQL(at('graphiql'), {
    fetcher: request,
    title: '诚信 Chengxin',
    logo: ' ',
    defaultTabs: [contentOf(settings.examples[example.value])],
    shouldPersistHeaders: false,
    // Queries stay out of the address: they may name a student.
    onEditQuery: () => {},
  }),
);
document.head.append(graphiql);
