import { camelCased, listOf, mapOf, messageOf, recordOf, type SipRecord } from './sip-records.js';

/** Fields that an update changes by `set`, `add`, `remove` and `clear`. */
const lists = ['numbers', 'allowedAddresses', 'allowedNumbers', 'trunkIds'];

/** The record as an update's `replace` or `update` makes it, or why that cannot be. */
export function updatedRecord(
  record: SipRecord,
  request: SipRecord,
  idName: string,
): { readonly record: SipRecord } | { readonly problem: string } {
  const replacement = messageOf(request, 'replace');
  const id = record[idName];
  if (replacement) {
    const other = replacement[idName] ?? '';
    if (other !== '' && other !== id)
      return { problem: 'the id in the info must be empty or match the id in the update' };
    return { record: { ...replacement, [idName]: id } };
  }
  const changes = messageOf(request, 'update');
  if (!changes) return { problem: 'missing or unsupported update action' };
  const updated: Record<string, unknown> = { ...record };
  for (const [name, value] of Object.entries(changes)) {
    const change = recordOf(changes, name);
    if (lists.includes(name) && change) {
      const list = changedList(listOf(record, name), camelCased(change));
      if (typeof list === 'string') return { problem: list };
      updated[name] = list;
    } else if (name === 'attributes') {
      updated[name] = changedMap(mapOf(record, name), mapOf(changes, name));
    } else {
      updated[name] = value;
    }
  }
  return { record: updated };
}

/** The list after the change, or why it cannot be changed so. */
function changedList(list: readonly string[], change: SipRecord): readonly string[] | string {
  const [set, add, remove] = [listOf(change, 'set'), listOf(change, 'add'), listOf(change, 'remove')];
  const clears = change['clear'] === true;
  const changes = set.length + add.length + remove.length > 0;
  if (!clears && !changes) return 'unsupported list update operation';
  if (clears && changes) return 'cannot clear and change the list at the same time';
  if (set.length > 0 && add.length + remove.length > 0) return 'cannot set and change the list at the same time';
  if ([...set, ...add, ...remove].includes('')) return 'empty element in the list';
  if (clears || set.length > 0) return set;
  const kept = list.filter((one) => !remove.includes(one));
  return [...kept, ...add.filter((one) => !kept.includes(one))];
}

/** An empty text takes an entry away. */
function changedMap(
  map: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries({ ...map, ...change }).filter(([, value]) => value !== ''));
}
