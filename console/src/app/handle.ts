/** What a route tells the shell: on pages with `rail: 'narrow'` the rail shows icons only. */
export interface RouteHandle {
  rail?: 'narrow';
}
