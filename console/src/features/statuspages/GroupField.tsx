import { useId } from 'react';
import { TextField } from '@/components/fields';
import type { PageComponent } from '@/lib/api';
import { groupNames } from './ordering';

interface Props {
  components: readonly PageComponent[];
  value: string;
  onChange: (group: string) => void;
  error?: string;
}

/** The heading a component stands under; the known ones are offered. */
export function GroupField({ components, value, onChange, error }: Props) {
  const list = useId();
  return (
    <>
      <TextField
        label="Group"
        note="optional"
        list={list}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        autoComplete="off"
      />
      <datalist id={list}>
        {groupNames(components).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
