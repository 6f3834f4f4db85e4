import type { Entry, YamlText } from './yaml-text.js';

/** Entries of a map whose names are known, by name. */
export function known(yaml: YamlText, at: Entry['value'] | null, names: readonly string[]) {
  const entries = yaml.entries(at);
  for (const { name, at: place } of entries)
    if (!names.includes(name))
      throw yaml.refuse(
        place,
        `未知的名称“${name}”，应为：${names.join('、')}。`,
        `“${name}” is not known; use ${names.join(', ')}.`,
      );
  return new Map(entries.map((entry) => [entry.name, entry]));
}
