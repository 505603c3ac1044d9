/** The sign of the product, in the colour of the text around it. */
export function Bell({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <circle cx="12" cy="3.2" r="1.4" />
      <path d="M12 4c-3.6 0-5.8 2.7-5.8 6.2v3.3c0 .8-.3 1.5-.8 2.1l-1 1.2c-.5.6-.1 1.5.7 1.5h13.8c.8 0 1.2-.9.7-1.5l-1-1.2c-.5-.6-.8-1.3-.8-2.1v-3.3C17.8 6.7 15.6 4 12 4z" />
      <circle cx="12" cy="21" r="1.7" />
    </svg>
  );
}
