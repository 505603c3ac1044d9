import { millis, span, useNow } from '@/lib/time';
import { Tag } from './Tag';

interface Props {
  service: { flapping: boolean; flapping_since: string | null; flap_changes: number };
}

/** "Flapping, 7 changes in 1 h": how often a service came and went, and for how long. */
export function FlappingTag({ service: { flapping_since, flap_changes } }: Props) {
  const now = useNow();
  const words = flapping_since
    ? `Flapping, ${flap_changes} changes in ${span(now - millis(flapping_since))}`
    : 'Flapping';
  return <Tag kind="flapping">{words}</Tag>;
}
