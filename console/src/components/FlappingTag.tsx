import { millis, span, useNow } from '@/lib/time';
import { Tag } from './Tag';

interface Props {
  service: { flapping: boolean; flapping_since: string | null; flap_changes: number };
}

/** "Flapping, 7 in 1 h": how often a service came and went, and for how long. */
export function FlappingTag({ service: { flapping_since, flap_changes } }: Props) {
  const now = useNow();
  if (!flapping_since) return <Tag kind="flapping">Flapping</Tag>;
  const since = span(now - millis(flapping_since));
  return (
    <Tag kind="flapping" title={`${flap_changes} changes of state in ${since}`}>
      Flapping, {flap_changes} in {since}
    </Tag>
  );
}
