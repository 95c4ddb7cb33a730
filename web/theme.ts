import { createTheme, virtualColor, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const lagoon: MantineColorsTuple = [
  '#ecf7f5',
  '#d5ece8',
  '#addad3',
  '#80c4bb',
  '#54aba1',
  '#318f86',
  '#18766f',
  '#0c5f5b',
  '#094b48',
  '#063634',
]
const stone: MantineColorsTuple = [
  '#faf9f6',
  '#f4f2ed',
  '#eae7e0',
  '#dcd8cf',
  '#c5c0b5',
  '#9f998e',
  '#6f6a61',
  '#534e47',
  '#383430',
  '#22201d',
]
const night: MantineColorsTuple = [
  '#eceae5',
  '#cbc7bf',
  '#a6a198',
  '#78736b',
  '#4d4943',
  '#3a3732',
  '#2b2825',
  '#1e1c1a',
  '#181614',
  '#110f0e',
]

const display = "'Inter Variable', 'Noto Sans Arabic Variable', system-ui, 'Segoe UI', Roboto, sans-serif"

/** Calm paper and ink, one accent. Density, radius and lines are said here once; colours of our own parts in theme.css. */
export const theme = createTheme({
  // Virtual, because only then the ink on it is chosen for light and dark each.
  colors: { lagoon, accent: virtualColor({ name: 'accent', light: 'lagoon', dark: 'lagoon' }), gray: stone, dark: night },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  black: '#22201d',
  fontFamily: display,
  headings: {
    fontFamily: display,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '22px' },
    },
  },
  // The one scale of type, in two weights: captions, text, words that stand out, headings, figures.
  fontSizes: { xs: '12px', sm: '14px', md: '16px', lg: '20px', xl: '28px' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // A large button is one for a finger; its words are no larger.
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontSize: 'min(1em, var(--mantine-font-size-md))' } } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'md',
        overlayProps: { backgroundOpacity: 0.35, blur: 2 },
        transitionProps: { transition: 'pop', duration: 120 },
      },
    },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    // The list of a picker lies above whatever the picker stands in, also above a question that lies above a dialog.
    Combobox: { defaultProps: { zIndex: 1000 } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    Select: { defaultProps: { checkIconPosition: 'right', allowDeselect: false } },
    Loader: { defaultProps: { type: 'dots', size: 'sm' } },
  },
})

/** Mantine's own variables in our tones; kept to what its components read. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#22201d',
    '--mantine-color-dimmed': '#6b665d',
    '--mantine-color-default-border': '#d6d1c7',
    '--mantine-color-placeholder': '#8a8479',
    '--mantine-color-error': '#b3261e',
  },
  dark: {
    '--mantine-color-body': '#1e1c1a',
    '--mantine-color-text': '#eceae5',
    '--mantine-color-dimmed': '#a6a198',
    '--mantine-color-default': '#25221f',
    '--mantine-color-default-hover': '#2f2c28',
    '--mantine-color-default-border': '#47433d',
    '--mantine-color-placeholder': '#8d877d',
    '--mantine-color-error': '#ff8a7f',
  },
})
