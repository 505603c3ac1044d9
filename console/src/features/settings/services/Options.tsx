import { TextAreaField, TextField } from '@/components/fields';
import styles from '../settings.module.css';
import { options, type SourceFields } from './source';

interface Props {
  fields: SourceFields;
  put: (different: Partial<SourceFields>) => void;
  wrong: (field: string) => string | undefined;
}

/** What a kind needs or takes besides its address: regions, an instance, a query. */
export function Options({ fields, put, wrong }: Props) {
  const own = options[fields.kind] ?? [];
  if (own.length === 0) return null;
  const set = (name: string, text: string) => put({ own: { ...fields.own, [name]: text } });
  return (
    <div className={styles.pair}>
      {own.map(({ name, label, hint, form }) => {
        const words = { label, hint, error: wrong(name), value: fields.own[name] ?? '' };
        return form === 'mapping' ? (
          <div key={name} className={styles.across}>
            <TextAreaField
              {...words}
              rows={4}
              onChange={(event) => set(name, event.currentTarget.value)}
              spellCheck={false}
            />
          </div>
        ) : (
          <TextField
            key={name}
            {...words}
            onChange={(event) => set(name, event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
        );
      })}
    </div>
  );
}
