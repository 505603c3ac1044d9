/** A name to start from when only an address is known: "status.larkfield.example" is Larkfield. */
export function nameFrom(address: string): string {
  const host = /^(?:https?:\/\/)?([^/:?#]+)/.exec(address.trim())?.[1] ?? '';
  const parts = host.split('.').filter((part) => !['www', 'status', 'app', 'api'].includes(part));
  const name = (parts.length > 1 ? parts.slice(0, -1) : parts).at(-1) ?? '';
  return name.replace(/status$/, '').replace(/^./, (first) => first.toUpperCase());
}
