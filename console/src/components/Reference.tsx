import styles from './small.module.css';

/** A reference as it is written everywhere: INC0000241 in the mono face. */
export function Reference({ children }: { children: string }) {
  return <code className={styles.reference}>{children}</code>;
}
