/** The pages of the embedded provider: no script, nothing from elsewhere, Chinese with English. */
import { randomKey } from '@chengxin/kit/call/crypto';
import { html, type Html } from './html.js';
import type { DemoPerson } from './people.js';

/** People shown at once; the box finds the others. */
const SHOWN = 100;

export const newNonce = (): string => randomKey().toString('base64url');

/**
 * Headers of every page.
 *
 * @param sendsTo  Origin of the application that the log-in leads back to: a browser checks it,
 *   too, against where forms may lead.
 */
export const pageHeaders = (nonce: string, sendsTo = ''): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `form-action 'self' ${sendsTo}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});

/**
 * Who are you?
 *
 * @param action   Where the form goes.
 * @param people   Who is listed.
 * @param typed    What stands in the box.
 * @param unknown  Whether nobody has the number that was typed.
 */
export function loginPage(page: {
  nonce: string;
  action: string;
  people: readonly DemoPerson[];
  typed: string;
  unknown: boolean;
}): string {
  const { nonce, action, people, typed, unknown } = page;
  const mark = unknown ? html`aria-invalid="true" aria-describedby="problem"` : null;
  return layout(
    nonce,
    html`<h1>登录 <span lang="en">Log in</span></h1>
      <p>
        演示学院：人物均属虚构，无需密码。
        <span lang="en">A demo college: the people are invented and need no password.</span>
      </p>
      ${unknown ? nobody(typed) : null}
      <form method="post" action="${action}">
        <label for="person">学号或工号 <span lang="en">Student or staff number</span></label>
        <div class="row">
          <input
            id="person"
            name="person"
            value="${typed}"
            required
            maxlength="64"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            ${mark}
          />
          <button>登录 <span lang="en">Log in</span></button>
          <button class="plain" formmethod="get" formnovalidate>
            查找 <span lang="en">Search</span>
          </button>
        </div>
      </form>
      <h2>演示人物 <span lang="en">Demo people</span></h2>
      ${people.length === 0 ? NONE_FOUND : list(action, people)}`,
  );
}

/** Something went wrong; says what, and where to start again. */
export const problemPage = (nonce: string, problem: string): string =>
  layout(
    nonce,
    html`<h1>无法登录 <span lang="en">The log-in cannot go on</span></h1>
      <p>
        请从应用重新开始登录。
        <span lang="en">Start again from the application that brought you here.</span>
      </p>
      <p class="problem" role="alert"><span lang="en">${problem}</span></p>`,
  );

const nobody = (typed: string): Html =>
  html`<p class="problem" role="alert" id="problem">
    没有编号为“${typed}”的人。 <span lang="en">Nobody has the number “${typed}”.</span>
  </p>`;

const NONE_FOUND = html`<p>没有找到。 <span lang="en">Nobody found.</span></p>`;

const list = (action: string, people: readonly DemoPerson[]): Html =>
  html`<form method="post" action="${action}">
      <ul>
        ${people.slice(0, SHOWN).map(
          ({ id, name, note }) =>
            html`<li>
              <button class="person" name="person" value="${id}">
                <b>${id}</b> <span>${name}</span> <span>${note}</span>
              </button>
            </li>`,
        )}
      </ul>
    </form>
    ${people.length > SHOWN ? more(people.length) : null}`;

const more = (all: number): Html =>
  html`<p>
    显示前 ${SHOWN} 人，共 ${all} 人，请用查找。
    <span lang="en">The first ${SHOWN} of ${all}; search for the others.</span>
  </p>`;

const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#f3f5f8;color:#1b1f24;font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:44rem;margin:2rem auto;padding:1.5rem 2rem;background:#fff;border:1px solid #d5dbe3;border-radius:.5rem}
h1{margin:0 0 .5rem;font-size:1.6rem}h2{margin:2rem 0 .5rem;font-size:1.1rem}
[lang=en]{color:#4a5563}
label{display:block;font-weight:600}
.row{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.25rem}
input{flex:1 1 14rem;min-width:0;padding:.5rem .75rem;border:1px solid #6b7685;border-radius:.25rem;background:#fff;color:inherit;font:inherit}
button{padding:.5rem 1rem;border:1px solid #0b4a8f;border-radius:.25rem;background:#0b4a8f;color:#fff;font:inherit;cursor:pointer}
button [lang=en]{color:inherit}
button.plain{background:#fff;color:#0b4a8f}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.5rem;margin:0;padding:0;list-style:none}
button.person{width:100%;height:100%;border-color:#d5dbe3;background:#fff;color:inherit;text-align:left}
button.person:hover{border-color:#0b4a8f;background:#eef4fb}
button.person b{margin-right:.5rem;color:#0b4a8f}
:focus-visible{outline:3px solid #d97706;outline-offset:2px}
.problem{padding:.5rem .75rem;border-left:4px solid #b3261e;background:#fdecea;color:#7a1712}
.problem [lang=en]{color:inherit}
`;

const layout = (nonce: string, body: Html): string =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>登录 Log in · 诚信 Chengxin</title>
        <style nonce="${nonce}">
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`.html;
