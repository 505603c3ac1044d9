import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { SelectField, TextField } from '@/components/fields';
import {
  ApiProblem,
  type Category,
  fieldError,
  type Service,
  sentenceOf,
  type VendorComponent,
  type Visibility,
} from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { slugOf } from '@/lib/slug';
import { toast } from '@/lib/toasts';
import { categoryWords } from '@/lib/words';
import { Parts } from './Parts';
import { useAddService } from './queries';
import styles from './sources.module.css';

/** A source that is about to be saved, with what was found out about it. */
export interface Keeping {
  source: Record<string, unknown> & { kind: string };
  name: string;
  components: readonly VendorComponent[];
}

interface Props {
  keeping: Keeping;
  size: 'normal' | 'large';
  onAdded: (service: Service) => void;
}

const categoryChoices = Object.entries(categoryWords).map(([value, label]) => ({ value, label }));
const tierChoices = [
  { value: '1', label: '1, all stops without it' },
  { value: '2', label: '2, work is slower' },
  { value: '3', label: '3, it can wait' },
];
const visibilityChoices = [
  { value: 'public', label: 'Everybody' },
  { value: 'internal', label: 'Members only' },
];

/** The parts that count, the name, and the few words that decide how loud it is. */
export function Keep({ keeping, size, onAdded }: Props) {
  const { source, components } = keeping;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [name, setName] = useState(keeping.name);
  const [category, setCategory] = useState<Category>('engineering');
  const [tier, setTier] = useState<1 | 2 | 3>(2);
  const [visibility, setVisibility] = useState<Visibility>('public');
  const adding = useAddService();
  const wrong = (field: string) => fieldError(adding.error, field);
  const taken =
    adding.error instanceof ApiProblem && adding.error.status === 409
      ? `${sentenceOf(adding.error)} Give it another name.`
      : undefined;
  const known = ['name', 'id', 'category', 'tier', 'visibility'].some(wrong);

  function save(event?: FormEvent) {
    event?.preventDefault();
    if (adding.isPending) return;
    const whole = chosen.length > 0 ? { ...source, components: [...chosen] } : source;
    adding.mutate(
      { id: slugOf(name), name: name.trim(), category, tier, visibility, source: whole },
      {
        onSuccess: (service) => {
          toast(`${service.name} added`);
          onAdded(service);
        },
      },
    );
  }
  useKeys([{ keys: 'mod+Enter', label: 'Save', group: 'Do', run: () => save() }]);

  return (
    <form onSubmit={save} className={styles.form} noValidate aria-label="Watch it">
      {components.length > 0 && (
        <Parts components={components} chosen={chosen} onChange={setChosen} />
      )}
      <div className={styles.pair}>
        <TextField
          label="Name"
          size={size}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong('name') ?? wrong('id') ?? taken}
        />
        <SelectField
          label="Category"
          size={size}
          choices={categoryChoices}
          value={category}
          onChange={(event) => setCategory(event.currentTarget.value as Category)}
          error={wrong('category')}
        />
      </div>
      <div className={styles.pair}>
        <SelectField
          label="Tier"
          size={size}
          choices={tierChoices}
          value={String(tier)}
          onChange={(event) => setTier(Number(event.currentTarget.value) as 1 | 2 | 3)}
          error={wrong('tier')}
        />
        <SelectField
          label="Who sees it"
          size={size}
          choices={visibilityChoices}
          value={visibility}
          onChange={(event) => setVisibility(event.currentTarget.value as Visibility)}
          error={wrong('visibility')}
        />
      </div>
      {adding.error && !known && !taken && (
        <p className={styles.problem} role="alert">
          {sentenceOf(adding.error)}
        </p>
      )}
      <div className={styles.actions}>
        <Button
          type="submit"
          tone="primary"
          size={size}
          keys="mod+Enter"
          busy={adding.isPending}
          wide={size === 'large'}
        >
          Watch it
        </Button>
      </div>
    </form>
  );
}
