/** The school's own catalogue, from `data/catalogue.csv`. Source: G6.0, Z5.1.1. */
import { CatalogueItem } from './catalogue-item.entity.js';
import { readDataFile } from './data-file.js';

/** Every item, office by office. */
export const CATALOGUE: readonly CatalogueItem[] = readDataFile('catalogue.csv').rows.map((row) =>
  Object.assign(new CatalogueItem(), row, { items: row['items']?.split('|') ?? [] }),
);
