import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { CopyRef } from '@/components/CopyRef';
import { LiveState } from '../shell/LiveState';
import styles from './RecordBar.module.css';

interface Props {
  parent: { to: string; name: string };
  /** The record's reference; copies itself. */
  reference?: string;
  /** More after the reference. */
  beside?: ReactNode;
  /** At the right end, after the live dot. */
  action?: ReactNode;
}

/** The bar over one record: the way back, its reference, how fresh it is. */
export function RecordBar({ parent, reference, beside, action }: Props) {
  return (
    <header className={styles.bar}>
      <Link to={parent.to} className={styles.back} aria-label={`Back to ${parent.name}`}>
        <ChevronLeft size={20} strokeWidth={1.6} aria-hidden />
      </Link>
      <span className={styles.parent}>
        <Link to={parent.to}>{parent.name}</Link> <span aria-hidden>/</span>
      </span>
      {reference && <CopyRef value={reference} />}
      {beside}
      <span className={styles.right}>
        <LiveState />
        {action}
      </span>
    </header>
  );
}
