/** The mark: a flow that is let through row by row. */
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg className={className} viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden>
      <g strokeWidth="2.4" strokeLinecap="round">
        <path d="M3 6h18M3 12h11M3 18h5" />
        <path d="M19 12h2M13 18h2" />
      </g>
    </svg>
  );
}
