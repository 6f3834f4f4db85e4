/** The bar of the explorer, in a browser's document without the browser (issue 10, 1). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '@chengxin/gateway/explorer/examples';
import { explorerRoutes } from '@chengxin/gateway/explorer/page';
import type { HttpRequest } from '@chengxin/kit/call/http';
import { Window, type HTMLSelectElement } from 'happy-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../gateway/src/explorer/page');
const PEOPLE = [
  { id: '2025020415', name: '赵文博', note: '学生 student', roles: ['STU_SELF', 'STU_OTHER'] },
  { id: 'T0110', name: '学院管理员', note: '', roles: ['COLLEGE_ADMIN', 'STAFF_SELF'] },
  { id: 'T0703', name: '资助评审', note: '', roles: ['EV_AID', 'STAFF_SELF'] },
  { id: 'T0801', name: '纪委办', note: '', roles: ['DIS_OFFICER', 'STAFF_SELF'] },
];

/** An editor of GraphiQL's, as far as the bar speaks to it. */
function editor(path: string, text = '') {
  const model = {
    uri: { path },
    text,
    getValue: () => model.text,
    getFullModelRange: () => 'all',
    pushEditOperations: (_: unknown, [edit]: [{ range: string; text: string }]) => {
      model.text = edit.text;
    },
  };
  return model;
}
/** `new Option(…)`, which the document's window does not have. */
function newOption(text: string, value: string, _: unknown, isSelected = false) {
  const option = page.document.createElement('option');
  Object.assign(option, { textContent: text, value, selected: isSelected });
  return option;
}

const query = editor('/1/operation.graphql');
const variables = editor('/1/variables.json');

let page: Window;
beforeEach(async () => {
  page = new Window({
    url: 'http://localhost:4000/',
    settings: { disableJavaScriptFileLoading: true, handleDisabledFileLoadingAsSuccess: true },
  });
  const html = readFileSync(join(FOLDER, 'index.html'), 'utf8');
  page.document.body.innerHTML = /<body>([^]*)<\/body>/.exec(html)?.[1] ?? '';
  const settings = await explorerRoutes()['GET /explorer/settings']?.({} as HttpRequest);
  const answers: Readonly<Record<string, string>> = {
    'explorer/settings': String(settings?.body ?? ''),
    'explorer/people': JSON.stringify(PEOPLE),
  };
  vi.stubGlobal('document', page.document);
  vi.stubGlobal('Option', newOption);
  vi.stubGlobal('sessionStorage', page.sessionStorage);
  vi.stubGlobal('fetch', async (address: string) => new Response(answers[address]));
  vi.stubGlobal('monaco', { editor: { getModels: () => [query, variables] } });
  vi.stubGlobal('YogaGraphiQL', {
    renderYogaGraphiQL(_: unknown, { defaultTabs: [tab] }: { defaultTabs: [typeof EDITED] }) {
      [query.text, variables.text] = [tab.query, tab.variables];
    },
  });
  [query.text, variables.text] = ['', ''];
  vi.resetModules();
  await import(join(FOLDER, 'explorer.js'));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await page.happyDOM.close();
});

const select = (id: string) => page.document.getElementById(id) as HTMLSelectElement;
function pick(id: string, value: string): void {
  select(id).value = value;
  select(id).dispatchEvent(new page.Event('change'));
}
const texts = (id: string) => [...select(id).options].map(({ text }) => text);
const held = () => ({ query: query.text, variables: variables.text });
const example = (named: string) => {
  const one = EXAMPLES.find(({ query: text }) => text.startsWith(`query ${named}`));
  return {
    query: one?.query,
    variables: one?.variables ? JSON.stringify(one.variables, null, 2) : '',
  };
};
const EDITED = { query: 'query Mine { me { person { id } } }', variables: '' };

test('another person gets an example of his own role', () => {
  expect(held()).toEqual(example('OwnRecord'));

  pick('person', 'T0110');
  expect(held()).toEqual(example('Students('));
  pick('person', 'T0703');
  expect(held()).toEqual(example('StudentsOfMyCase'));
  pick('person', '2025020415');
  expect(held()).toEqual(example('OwnRecord'));
});

test('who has no example of his own role gets the one that is for all', () => {
  pick('person', 'T0801');

  expect(held()).toEqual(example('WhoAmI'));
});

test('another role of the same person gets its own', () => {
  pick('person', 'T0703');
  pick('role', 'AUDITOR');

  expect(held()).toEqual(example('Grants'));
});

test.each([
  ['a query that somebody wrote', () => (query.text = EDITED.query), () => EDITED.query],
  ['an example that somebody changed', () => (query.text += ' '), () => `${query.text}`],
])('%s stays', (_, edit, wanted) => {
  edit();
  const before = wanted();

  pick('person', 'T0703');

  expect(query.text).toBe(before);
});

test('variables that somebody changed stay, with their query', () => {
  pick('person', 'T0110');
  variables.text = '{ "cohort": 2025 }';

  pick('person', 'T0703');

  expect(held()).toEqual({ query: example('Students(').query, variables: '{ "cohort": 2025 }' });
});

test('what somebody wrote is gone when he picks an example', () => {
  query.text = EDITED.query;

  pick('person', 'T0703');
  page.document.getElementById('caller')?.dispatchEvent(new page.Event('submit'));

  expect(held()).toEqual(example('StudentsOfMyCase'));
});

test('roles and purposes are shown in words, beside the name that the header gets', () => {
  pick('person', 'T0703');

  expect(texts('role').slice(0, 3)).toEqual([
    '资助评审人 · Evaluator for aid · EV_AID',
    '教职工本人 · Staff, own data · STAFF_SELF',
    '默认 · Default',
  ]);
  expect(texts('purpose')).toEqual(['默认 · Default', '资助评审 · Evaluation for aid · EVAL_AID']);
  expect([select('role').value, select('purpose').value]).toEqual(['EV_AID', 'EVAL_AID']);
});
