import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun, type ParentNoun, type ReadRows } from '@chengxin/kit/change/noun';
import { inOwnUnit } from './own-unit.predicates.js';
import { LevelConfig } from './level-config.entity.js';
import { Org } from './org.entity.js';

const rows = { group: 'ADMINISTRATION', predicates: { OWN_UNIT: inOwnUnit } } as const;

/** An org, on which what is configured of it hangs. */
export const org: ParentNoun<Org> = {
  name: 'Org',
  entity: Org,
  key: 'orgCode',
  rows: rows as ReadRows<Org>,
};

/** Levels and seats of administrators of an org (G17, G18.1). */
export const levelConfig = noun<LevelConfig>({
  name: 'LevelConfig',
  entity: LevelConfig,
  key: 'orgCode',
  actions: ['level'],
  rows: rows as ReadRows<LevelConfig>,
  constraints: {
    level_config_pkey: { code: ChangeErrorCode.VERSION_CONFLICT },
  },
});
