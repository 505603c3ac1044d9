import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { SelectField, TextField } from '@/components/fields';
import { Segmented } from '@/components/Segmented';
import { StatusChip } from '@/components/StatusChip';
import { type Category, fieldError, type SourceTrial, sentenceOf, servicesQuery } from '@/lib/api';
import { slugOf } from '@/lib/slug';
import { categoryWords, count } from '@/lib/words';
import { nameFrom } from './naming';
import { useAddService, useTrial, type WatchKind } from './queries';
import { StepHead } from './Steps';
import styles from './setup.module.css';

const kinds = [
  { value: 'statuspage', label: 'A vendor’s status page' },
  { value: 'http', label: 'My own website' },
] as const;

const categoryChoices = Object.entries(categoryWords).map(([value, label]) => ({ value, label }));

const withScheme = (url: string) => (/^https?:\/\//.test(url) ? url : `https://${url}`);

/** Step 2: what to watch; each address is tried before it is kept. */
export function WatchStep({ onDone }: { onDone: () => void }) {
  const { data } = useQuery(servicesQuery);
  const [added, setAdded] = useState<string[]>([]);
  const there = data
    ? `${count(data.items.length, 'service is', 'services are')} there already.`
    : '';
  return (
    <div className={styles.form}>
      <StepHead at={2} title="What you watch">{`${there} Add your own, now or later.`}</StepHead>
      {added.length > 0 && (
        <ul className={styles.added} aria-label="Added">
          {added.map((name) => (
            <li key={name}>
              <StatusChip state="operational" word={`${name} is watched`} />
            </li>
          ))}
        </ul>
      )}
      <Add
        key={added.length}
        first={added.length === 0}
        onAdded={(name) => setAdded((before) => [...before, name])}
      />
      <Button tone={added.length ? 'primary' : 'secondary'} size="large" wide onClick={onDone}>
        {added.length ? 'Go on' : 'Go on without'}
      </Button>
    </div>
  );
}

interface AddProps {
  /** Nothing is added yet: trying is the primary action. */
  first: boolean;
  onAdded: (name: string) => void;
}

function Add({ first, onAdded }: AddProps) {
  const [kind, setKind] = useState<WatchKind>('statuspage');
  const [url, setUrl] = useState('');
  const trial = useTrial();
  const source = { kind, url: withScheme(url.trim()) };

  function tryIt(event: FormEvent) {
    event.preventDefault();
    trial.mutate(source);
  }

  return (
    <>
      <form onSubmit={tryIt} className={styles.form}>
        <Segmented
          label="Kind"
          value={kind}
          onChange={(value) => {
            setKind(value);
            trial.reset();
          }}
          choices={kinds}
        />
        <TextField
          label="Address"
          size="large"
          inputMode="url"
          placeholder={kind === 'http' ? 'www.company.example' : 'status.vendor.example'}
          value={url}
          onChange={(event) => {
            setUrl(event.currentTarget.value);
            trial.reset();
          }}
          required
          error={
            fieldError(trial.error, 'url') ?? (trial.error ? sentenceOf(trial.error) : undefined)
          }
        />
        {!trial.data && (
          <Button
            type="submit"
            tone={first ? 'primary' : 'secondary'}
            size="large"
            wide
            keys="Enter"
            busy={trial.isPending}
          >
            Try it
          </Button>
        )}
      </form>
      {trial.data && (
        <Keep
          trial={trial.data}
          source={{ kind, url: trial.data.final_url ?? source.url }}
          onAdded={onAdded}
        />
      )}
    </>
  );
}

interface KeepProps {
  trial: SourceTrial;
  source: { kind: WatchKind; url: string };
  onAdded: (name: string) => void;
}

/** What the trial found, and the name under which it is kept. */
function Keep({ trial, source, onAdded }: KeepProps) {
  const [name, setName] = useState(trial.name ?? nameFrom(source.url));
  const [category, setCategory] = useState<Category>('engineering');
  const add = useAddService();

  function keep(event: FormEvent) {
    event.preventDefault();
    add.mutate({ id: slugOf(name), name, category, source }, { onSuccess: () => onAdded(name) });
  }

  return (
    <form onSubmit={keep} className={styles.form}>
      <div className={styles.found} role="status">
        <StatusChip state={trial.error ? 'poller_broken' : trial.status} />
        <p>{trial.detail}</p>
        {trial.components.length > 0 && <p>{count(trial.components.length, 'component')} found.</p>}
      </div>
      <TextField
        label="Name"
        size="large"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        error={fieldError(add.error, 'name') ?? fieldError(add.error, 'id')}
      />
      <SelectField
        label="Category"
        size="large"
        choices={categoryChoices}
        value={category}
        onChange={(event) => setCategory(event.currentTarget.value as Category)}
        error={fieldError(add.error, 'category')}
      />
      {add.error && (
        <p role="alert" className={styles.failure}>
          {sentenceOf(add.error)}
        </p>
      )}
      <Button type="submit" tone="primary" size="large" wide keys="Enter" busy={add.isPending}>
        {trial.error ? 'Watch it all the same' : 'Watch it'}
      </Button>
    </form>
  );
}
