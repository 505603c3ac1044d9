// Runs before the first paint, so that a chosen theme never flashes the other one.
try {
  const chosen = localStorage.getItem('tocsin.theme');
  if (chosen === 'dark' || chosen === 'light')
    document.documentElement.dataset.mantineColorScheme = chosen;
} catch {
  // Storage is closed to us: the system's scheme stands.
}
