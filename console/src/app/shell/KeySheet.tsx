import { useMemo } from 'react';
import { Dialog } from '@/components/Dialog';
import { CheckField } from '@/components/fields';
import { Kbd } from '@/components/Kbd';
import { type Binding, currentBindings, type KeyGroup, useSingleKeys } from '@/lib/keys';
import styles from './KeySheet.module.css';
import { show } from './overlays';

const groups: readonly KeyGroup[] = ['Move', 'Do', 'Write', 'Go', 'Everywhere'];

function grouped(bindings: readonly Binding[]) {
  return groups
    .map((group) => ({ group, keys: bindings.filter((each) => (each.group ?? 'Do') === group) }))
    .filter(({ keys }) => keys.length > 0);
}

/** Every key that works on the page below, in groups, and the switch for single letters. */
export function KeySheet({ opened }: { opened: boolean }) {
  const [single, setSingle] = useSingleKeys();
  const sheet = useMemo(() => (opened ? grouped(currentBindings(0)) : []), [opened]);
  return (
    <Dialog opened={opened} onClose={() => show(null)} title="Keys" width={620}>
      <div className={styles.columns}>
        {sheet.map(({ group, keys }) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {keys.map((binding) => (
                <li key={binding.keys}>
                  <span>{binding.label}</span>
                  <Kbd keys={binding.keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <CheckField
        label="Single letters act"
        hint="Switch off if you dictate or type by accident; ⌘ and Ctrl chords stay."
        checked={single}
        onChange={(event) => setSingle(event.currentTarget.checked)}
      />
    </Dialog>
  );
}
