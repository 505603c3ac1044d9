/** The path prefix the console is served under (`ROOT_PATH`), without a trailing slash; '' at the root. */
export function basePath(): string {
  return new URL(document.baseURI).pathname.replace(/[^/]*$/, '').replace(/\/$/, '');
}

/** An absolute address below the console's prefix, for requests, sockets and links out of the router. */
export function addressOf(path: string): string {
  return `${window.location.origin}${basePath()}${path}`;
}
