/** The numbers of rule sets, as the engine reads them: `data/rule-sets`. */
import { createHash } from 'node:crypto';
import { namesIn, readText } from './data-file.js';

const FOLDER = 'rule-sets';
const JSON_FILE = /\.json$/;

interface RuleSetFile {
  readonly parameters: string;
  readonly sha256: string;
}

const files = new Map(
  namesIn(FOLDER)
    .filter((file) => JSON_FILE.test(file))
    .map((file): [string, RuleSetFile] => {
      // What is served is what a draft is made of, and its digest is of what is served.
      const {
        version: _,
        source: __,
        ...numbers
      } = JSON.parse(readText(FOLDER, file)) as Record<string, unknown>;
      const parameters = JSON.stringify(numbers);
      const sha256 = createHash('sha256').update(parameters).digest('hex');
      return [file.replace(JSON_FILE, ''), { parameters, sha256 }];
    }),
);

/** The numbers of one version; nothing for a draft that has none yet. */
export const ruleSetFile = (version: string): RuleSetFile | undefined => files.get(version);
