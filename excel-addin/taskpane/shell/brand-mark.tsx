/** The mark of Billgrid: a sheet whose cells grow into a bar chart. The icons of the add-in show the same. */
export function BrandMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="30" height="30" rx="7" fill="#0f6e76" />
      <rect x="7" y="18" width="5" height="7" rx="1" fill="#ffffff" />
      <rect x="13.5" y="13" width="5" height="12" rx="1" fill="#ffffff" />
      <rect x="20" y="7" width="5" height="18" rx="1" fill="#9fe3d4" />
    </svg>
  );
}
