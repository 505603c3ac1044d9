import { Menu } from '@mantine/core';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { Kbd } from '@/components/Kbd';
import { addressOf } from '@/lib/base';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import type { VerbButton } from '../verbs/useVerbs';
import styles from './page.module.css';

interface Props {
  shown: readonly VerbButton[];
  more: readonly VerbButton[];
  busy: boolean;
  /** The incident's address below the console's. */
  address: string;
}

/** The verbs beside the title; the seldom ones wait behind More. */
export function Verbs({ shown, more, busy, address }: Props) {
  const [opened, setOpened] = useState(false);
  useKeys([{ keys: '.', label: 'More', group: 'Do', silent: true, run: () => setOpened(true) }]);
  return (
    <div className={styles.verbs}>
      {shown.map(({ verb, label, icon, keys, refused, run }, index) => (
        <Button
          key={verb}
          icon={index === 0 ? icon : undefined}
          keys={keys}
          refused={refused}
          busy={busy}
          onClick={run}
        >
          {label}
        </Button>
      ))}
      <Menu opened={opened} onChange={setOpened} position="bottom-end">
        <Menu.Target>
          <Button tone="quiet" keys=".">
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {more.map((each) => (
            <MoreItem key={each.verb} {...each} />
          ))}
          <Menu.Item
            leftSection={<Link2 size={16} strokeWidth={1.6} />}
            onClick={() => void copyLink(address)}
          >
            Copy link
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function MoreItem({ label, icon: Icon, keys, refused, run }: VerbButton) {
  return (
    <Menu.Item
      leftSection={<Icon size={16} strokeWidth={1.6} />}
      rightSection={keys && <Kbd keys={keys} />}
      aria-disabled={refused ? true : undefined}
      title={refused ?? undefined}
      onClick={() => (refused ? void toast(refused, { tone: 'refused' }) : run())}
    >
      {label}
    </Menu.Item>
  );
}

async function copyLink(address: string) {
  try {
    await navigator.clipboard.writeText(addressOf(address));
    toast('Link copied');
  } catch {
    toast('Could not copy the link: the browser refused', { tone: 'failed' });
  }
}
