import { Button, type ButtonProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link, type Search } from '../base/url.tsx'

/** A link that looks like a button: it goes somewhere, so it can be opened in a new tab. */
export function LinkButton({
  to,
  search,
  children,
  ...rest
}: ButtonProps & { to: string; search?: Search; children: ReactNode }) {
  return (
    <Button {...rest} renderRoot={(props) => <Link {...props} to={to} {...(search && { search })} />}>
      {children}
    </Button>
  )
}
