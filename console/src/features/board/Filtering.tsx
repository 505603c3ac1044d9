import { Button } from '@/components/Button';
import { FilterBar, FilterChip, SearchField } from '@/components/filters';
import { categoryWords, stateWords } from '@/lib/words';
import styles from './Board.module.css';
import { type BoardFilters, categories, isFiltered, tiers } from './filters';
import { stateOrder } from './layout';

interface Props {
  filters: BoardFilters;
  onChange: (change: Partial<BoardFilters>) => void;
  onClear: () => void;
  /** "12 of 40 services", while something is left out. */
  note: string | null;
}

const stateChoices = stateOrder.map((value) => ({ value, label: stateWords[value] }));
const categoryChoices = categories.map((value) => ({ value, label: categoryWords[value] }));
const tierChoices = tiers.map((value) => ({ value, label: `Tier ${value}` }));

/** The filters of the board; each writes itself into the address. */
export function Filtering({ filters, onChange, onClear, note }: Props) {
  const { q, state, category, tier } = filters;
  return (
    <div className={styles.filtering}>
      <FilterBar>
        <SearchField
          label="Find a service"
          value={q}
          onChange={(words) => onChange({ q: words })}
        />
        <FilterChip
          name="State"
          several
          chosen={state}
          choices={stateChoices}
          onChange={(chosen) => onChange({ state: chosen as BoardFilters['state'] })}
        />
        <FilterChip
          name="Category"
          several
          chosen={category}
          choices={categoryChoices}
          onChange={(chosen) => onChange({ category: chosen as BoardFilters['category'] })}
        />
        <FilterChip
          name="Tier"
          several
          chosen={tier}
          choices={tierChoices}
          onChange={(chosen) => onChange({ tier: chosen as BoardFilters['tier'] })}
        />
        {isFiltered(filters) && (
          <Button tone="quiet" onClick={onClear}>
            Clear filters
          </Button>
        )}
        <span role="status" className={styles.shown}>
          {note}
        </span>
      </FilterBar>
    </div>
  );
}
