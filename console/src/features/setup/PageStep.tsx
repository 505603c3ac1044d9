import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { CheckField, SelectField, TextField } from '@/components/fields';
import { Loaded } from '@/components/Loaded';
import { fieldError, type Service, type StatusPage, sentenceOf, servicesQuery } from '@/lib/api';
import { offsetName, readerZone } from '@/lib/time';
import { mainPageQuery, useFillPage } from './queries';
import { StepHead } from './Steps';
import styles from './setup.module.css';

/** Step 4: what the public sees. */
export function PageStep({ onDone }: { onDone: () => void }) {
  const page = useQuery(mainPageQuery);
  const services = useQuery(servicesQuery);
  return (
    <div className={styles.form}>
      <StepHead at={4} title="Your status page">
        Only what you choose is shown, under the names below.
      </StepHead>
      <Loaded query={page} what="Status page">
        {(main) => (
          <Loaded query={services} what="Services">
            {({ items }) => <Fill page={main} services={items} onDone={onDone} />}
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}

interface FillProps {
  page: StatusPage;
  services: readonly Service[];
  onDone: () => void;
}

function Fill({ page, services, onDone }: FillProps) {
  const there = new Set(page.components.map(({ service_id }) => service_id));
  const offered = services.filter(
    ({ id, visibility }) => visibility === 'public' && !there.has(id),
  );
  const [name, setName] = useState(page.name);
  const [zone, setZone] = useState(readerZone);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const fill = useFillPage();

  function toggle(id: string, on: boolean) {
    const after = new Set(chosen);
    if (on) after.add(id);
    else after.delete(id);
    setChosen(after);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const ids = offered.map(({ id }) => id).filter((id) => chosen.has(id));
    fill.mutate({ name, time_zone: zone, services: ids }, { onSuccess: onDone });
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <TextField
        label="Name"
        size="large"
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(fill.error, 'name')}
      />
      <ZoneField value={zone} onChange={setZone} error={fieldError(fill.error, 'time_zone')} />
      {offered.length > 0 && (
        <fieldset className={styles.offered}>
          <legend>Services to show</legend>
          {offered.map(({ id, name: service }) => (
            <CheckField
              key={id}
              label={service}
              checked={chosen.has(id)}
              onChange={(event) => toggle(id, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
      )}
      {fill.error && (
        <p role="alert" className={styles.failure}>
          {sentenceOf(fill.error)}
        </p>
      )}
      <Button type="submit" tone="primary" size="large" wide keys="Enter" busy={fill.isPending}>
        Save and open the board
      </Button>
    </form>
  );
}

interface ZoneProps {
  value: string;
  onChange: (zone: string) => void;
  error?: string;
}

/** The zone in which days are cut, the browser's own first. */
function ZoneField({ value, onChange, error }: ZoneProps) {
  const choices = useMemo(() => {
    const now = Date.now();
    const zones = new Set([readerZone, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
    return [...zones].map((zone) => ({
      value: zone,
      label: zone === readerZone ? `${zone} (${offsetName(now)})` : zone,
    }));
  }, []);
  return (
    <SelectField
      label="Time zone"
      note={value === readerZone && 'from your browser'}
      size="large"
      choices={choices}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}
