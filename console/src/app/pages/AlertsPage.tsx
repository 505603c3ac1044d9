import { AlertList } from '@/features/alerts';
import { Page } from '../shell/Page';

/** `/alerts`: what calls for attention? */
export function Component() {
  return (
    <Page title="Alerts" padded={false}>
      <AlertList />
    </Page>
  );
}
