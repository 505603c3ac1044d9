import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { Button, IconButton } from '@/components/Button';
import { CheckField, SelectField, TextField } from '@/components/fields';
import type { Category, Severity, SeverityRule } from '@/lib/api';
import { categoryWords, listed, stateWords } from '@/lib/words';
import styles from './rules.module.css';
import { moved, plainRule, severities, severityWords, troubles } from './words';

const most = 50;

interface Props {
  rules: readonly SeverityRule[];
  onChange: (rules: readonly SeverityRule[]) => void;
  may: boolean;
}

/** Rules asked from top to bottom; the first that fits decides. */
export function OrderedRules({ rules, onChange, may }: Props) {
  const keys = useKeysOf(rules);
  if (!may && rules.length === 0) return null;
  const put = (place: number, different: Partial<SeverityRule>) =>
    onChange(rules.map((rule, index) => (index === place ? keys.like(rule, different) : rule)));
  return (
    <section className={styles.ordered} aria-label="Ordered rules">
      <p>The first rule that fits decides; what fits none is looked up in the table below.</p>
      {rules.map((rule, place) => (
        <fieldset key={keys.of(rule)} disabled={!may} className={styles.rule}>
          <legend>Rule {place + 1}</legend>
          <Asks rule={rule} onChange={(different) => put(place, different)} />
          {may && (
            <span className={styles.moves}>
              <IconButton
                icon={ArrowUp}
                label={`Move rule ${place + 1} up`}
                disabled={place === 0}
                onClick={() => onChange(moved(rules, place, -1))}
              />
              <IconButton
                icon={ArrowDown}
                label={`Move rule ${place + 1} down`}
                disabled={place === rules.length - 1}
                onClick={() => onChange(moved(rules, place, 1))}
              />
              <IconButton
                icon={Trash2}
                label={`Delete rule ${place + 1}`}
                onClick={() => onChange(rules.filter((_, index) => index !== place))}
              />
            </span>
          )}
        </fieldset>
      ))}
      {may && rules.length < most && (
        <div>
          <Button icon={Plus} onClick={() => onChange([...rules, { ...plainRule }])}>
            Add a rule
          </Button>
        </div>
      )}
    </section>
  );
}

/** A key for each rule that stays with it while it is edited and moved. */
function useKeysOf(rules: readonly SeverityRule[]) {
  const known = useRef(new WeakMap<SeverityRule, number>());
  const next = useRef(0);
  for (const rule of rules) {
    if (!known.current.has(rule)) known.current.set(rule, next.current++);
  }
  return {
    of: (rule: SeverityRule) => known.current.get(rule),
    like(rule: SeverityRule, different: Partial<SeverityRule>): SeverityRule {
      const changed = { ...rule, ...different };
      known.current.set(changed, known.current.get(rule) ?? next.current++);
      return changed;
    },
  };
}

interface AsksProps {
  rule: SeverityRule;
  onChange: (different: Partial<SeverityRule>) => void;
}

function Asks({ rule, onChange }: AsksProps) {
  const without = (tier: 1 | 2 | 3) => rule.tiers.filter((each) => each !== tier);
  return (
    <div className={styles.asks}>
      <SelectField
        label="At least"
        value={rule.status_at_least}
        onChange={(event) =>
          onChange({
            status_at_least: event.currentTarget.value as SeverityRule['status_at_least'],
          })
        }
        choices={troubles.map((value) => ({ value, label: stateWords[value] }))}
      />
      <TextField
        label="Dependents"
        note="at least"
        type="number"
        min={1}
        max={5000}
        placeholder="any"
        value={rule.min_dependents ?? ''}
        onChange={(event) =>
          onChange({ min_dependents: Number(event.currentTarget.value) || null })
        }
      />
      <SelectField
        label="Severity"
        value={rule.severity ?? ''}
        onChange={(event) =>
          onChange({ severity: (event.currentTarget.value || null) as Severity | null })
        }
        choices={[
          { value: '', label: 'Opens none' },
          ...severities.map((value) => ({ value, label: severityWords[value] })),
        ]}
      />
      <div className={styles.tiers}>
        {([1, 2, 3] as const).map((tier) => (
          <CheckField
            key={tier}
            label={`Tier ${tier}`}
            checked={rule.tiers.includes(tier)}
            onChange={(event) =>
              onChange({
                tiers: event.currentTarget.checked
                  ? [...without(tier), tier].sort()
                  : without(tier),
              })
            }
          />
        ))}
        <span>{rule.tiers.length === 0 && 'Any tier'}</span>
      </div>
      <Categories chosen={rule.categories} onChange={(categories) => onChange({ categories })} />
    </div>
  );
}

interface CategoriesProps {
  chosen: readonly Category[];
  onChange: (chosen: Category[]) => void;
}

const categories = Object.entries(categoryWords) as [Category, string][];

/** Which shelves of the catalog; folded, because most rules ask for none. */
function Categories({ chosen, onChange }: CategoriesProps) {
  const words = chosen.map((category) => categoryWords[category]);
  return (
    <details className={styles.categories}>
      <summary>
        Categories: <strong>{words.length ? listed(words) : 'any'}</strong>
      </summary>
      <div className={styles.tiers}>
        {categories.map(([category, label]) => (
          <CheckField
            key={category}
            label={label}
            checked={chosen.includes(category)}
            onChange={(event) => {
              const others = chosen.filter((each) => each !== category);
              onChange(event.currentTarget.checked ? [...others, category] : others);
            }}
          />
        ))}
      </div>
    </details>
  );
}
