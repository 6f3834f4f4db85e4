import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { OFFICES } from '@chengxin/gateway/offices';

/**
 * The definitions of the listed offices. Only the one-machine topology and the schema command load
 * offices; what serves requests knows their addresses alone (docs/decisions/0001).
 */
export const loadOffices = (): Promise<OfficeDefinition[]> =>
  Promise.all(
    OFFICES.map(async ({ name }) => {
      const module = (await import(`@chengxin/${name}/office`)) as { office: OfficeDefinition };
      return module.office;
    }),
  );
