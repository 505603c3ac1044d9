/** What a route tells the shell: `narrow` makes the rail show icons only, `none` leaves it out. */
export interface RouteHandle {
  rail?: 'narrow' | 'none';
}
