/** "Reduced tax", "reduced-rate" and "Reduced" are one class. */
export const meaning = (name: string): string => {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}.%]+/u)
  return (
    words.filter((word) => word && !['tax', 'rate', 'rated', 'class', 'vat', 'goods'].includes(word)).join(' ') ||
    name.toLowerCase()
  )
}
