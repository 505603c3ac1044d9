import { Menu } from '@mantine/core';
import { Check, ChevronDown } from 'lucide-react';
import { StatusMark } from '@/components/StatusMark';
import type { Status } from '@/lib/api';
import { stateWords } from '@/lib/words';
import { tellable } from './impacts';
import styles from './PublicFields.module.css';

interface Props {
  service: string;
  status: Status;
  onChange: (status: Status) => void;
}

/** What the public is told about one service. */
export function ImpactMenu({ service, status, onChange }: Props) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={styles.impact}>
          <span className={styles.service}>{service}</span>
          <StatusMark state={status} />
          <span>{stateWords[status]}</span>
          <ChevronDown size={14} strokeWidth={1.6} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {tellable.map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={each === status}
            leftSection={<StatusMark state={each} />}
            rightSection={each === status ? <Check size={14} strokeWidth={2} aria-hidden /> : null}
            onClick={() => onChange(each)}
          >
            {stateWords[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
