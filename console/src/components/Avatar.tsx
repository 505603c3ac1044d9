import styles from './small.module.css';

/** The initials of a name, two at most: "Database on-call" is DO, "ops@…" is O. */
export function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words.slice(0, 1);
  return picked.map((word) => word?.charAt(0).toUpperCase()).join('');
}

/** A square with initials; hollow where nobody stands yet. Decoration beside a name. */
export function Avatar({ name }: { name: string | null }) {
  return (
    <span className={styles.avatar} data-nobody={name === null || undefined} aria-hidden>
      {name && initials(name)}
    </span>
  );
}
