import { guardFor } from '@chengxin/kit/change/guard';
import { noun } from '@chengxin/kit/change/noun';
import type { Archive } from '../life-cycle/archive.entity.js';
import { archive } from '../life-cycle/archive.noun.js';
import { beforeClosing, beforeVoiding } from './closing.loader.js';
import { requireDue, requireLeaving, requireNeverCame } from './closing.rules.js';

/** An archive with what must hold before its end: that looks at the nouns that hang on archives. */
export const endingArchive = noun<Archive>({
  ...archive,
  guards: {
    'archive.startClosing': guardFor(beforeClosing, (_, { leaving, matters }) =>
      requireLeaving(leaving, matters),
    ),
    'archive.void': guardFor(beforeVoiding, (_, matters) => requireNeverCame(matters)),
    'archive.close': guardFor(beforeClosing, (_, { leaving, matters }, { today }) =>
      requireDue(leaving, matters, today),
    ),
  },
});
