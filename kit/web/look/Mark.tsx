/** The mark: an awning over a counter. */
export const Mark = ({ size = 26 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden focusable="false">
    <rect width="64" height="64" rx="15" fill="#0c5f5b" />
    <path d="M15 15h34l4 13H11z" fill="#f4f2ed" />
    <path d="M11 28h10.5v3.2a5.25 5.25 0 0 1-10.5 0zM32 28h10.5v3.2a5.25 5.25 0 0 1-10.5 0z" fill="#f4f2ed" />
    <path d="M21.5 28h10.5v3.2a5.25 5.25 0 0 1-10.5 0zM42.5 28h10.5v3.2a5.25 5.25 0 0 1-10.5 0z" fill="#e7b14c" />
    <path d="M15 43h34v6.5a1.5 1.5 0 0 1-1.5 1.5h-31a1.5 1.5 0 0 1-1.5-1.5z" fill="#f4f2ed" />
  </svg>
)
