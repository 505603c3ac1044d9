import { localStorageColorSchemeManager, useMantineColorScheme } from '@mantine/core';

export type Scheme = 'auto' | 'light' | 'dark';

/** Remembers the chosen scheme under the key that `public/theme.js` reads before the first paint. */
export const schemeManager = localStorageColorSchemeManager({ key: 'tocsin.theme' });

const next: Record<Scheme, Scheme> = { auto: 'dark', dark: 'light', light: 'auto' };

export const schemeNames: Record<Scheme, string> = {
  auto: 'As the system',
  dark: 'Dark',
  light: 'Light',
};

/** The chosen scheme, a setter, and `cycle` which walks system, dark, light. */
export function useScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return {
    scheme: colorScheme as Scheme,
    setScheme: setColorScheme,
    cycle: () => setColorScheme(next[colorScheme as Scheme]),
  };
}
