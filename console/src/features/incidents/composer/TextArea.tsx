import { useId } from 'react';
import styles from './composer.module.css';

interface Props {
  label: string;
  placeholder: string;
  value: string;
  error?: string;
  onChange: (text: string) => void;
  /** ⌘ Enter, or Ctrl Enter. */
  onSend: () => void;
}

/** The place of the words: no frame of its own, it grows with what is written. */
export function TextArea({ label, placeholder, value, error, onChange, onSend }: Props) {
  const id = useId();
  return (
    <>
      <textarea
        className={styles.text}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        placeholder={placeholder}
        rows={3}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            event.preventDefault();
            onSend();
          }
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {error && (
        <p id={id} className={styles.problem} role="alert">
          {error}
        </p>
      )}
    </>
  );
}
