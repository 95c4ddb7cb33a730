import type { ImportField } from '#kit/import.ts'

/**
 * What the columns of a product file are called: both generations of Shopify's CSV, WooCommerce, Medusa, Vendure, Odoo, ERPNext,
 * Square, Loyverse, Open Source POS, Lightspeed (X and R), Zoho Inventory, and plain lists. The order counts: of two fields that could take a column, the first does.
 */
const WORDS = ['', 'one', 'two', 'three'] as const
const options = [1, 2, 3].flatMap((n): ImportField[] => [
  {
    name: `option${n}Name`,
    aliases: [
      `Option${n} Name`,
      `Option Name ${n}`,
      `Variant Option ${n} Name`,
      `Attribute ${n} name`,
      `variant_option_${WORDS[n]}_name`,
      ...(n === 1 ? ['Attribute (Variant Attributes)'] : []),
    ],
  },
  {
    name: `option${n}Value`,
    aliases: [
      `Option${n} Value`,
      `Option Value ${n}`,
      `Variant Option ${n} Value`,
      `Attribute ${n} value(s)`,
      `variant_option_${WORDS[n]}_value`,
      ...(n === 1 ? ['Attribute Value (Variant Attributes)', 'Variation Name'] : []),
    ],
  },
])

export const productColumns: readonly ImportField[] = [
  { name: 'handle', aliases: ['Handle', 'URL handle', 'Product Handle', 'Slug', 'Reference Handle'] },
  {
    name: 'name',
    aliases: [
      'Title',
      'Name',
      'Product Title',
      'Item Name',
      'Product',
      'Product name',
      'Item',
      'Article',
      'اسم المنتج',
      'Название',
    ],
  },
  {
    name: 'description',
    aliases: ['Body (HTML)', 'Description', 'Product Description', 'Sales Description', 'Short description'],
  },
  {
    name: 'vendor',
    aliases: ['Vendor', 'Brand', 'Brands', 'Brand name', 'Supplier', 'Supplier name', 'Default Vendor Name', 'Manufacturer'],
  },
  // A WooCommerce row says what it is: simple, variable, variation, virtual.
  { name: 'rowType', aliases: ['Type'], beside: ['Regular price', 'Parent', 'Attribute 1 name'] },
  { name: 'rowId', aliases: ['ID'], beside: ['Regular price', 'Parent', 'Attribute 1 name'] },
  { name: 'parent', aliases: ['Parent', 'Variant Of'] },
  // An ERPNext row that others are variants of.
  { name: 'hasVariants', aliases: ['Has Variants'] },
  {
    name: 'category',
    aliases: [
      'Type',
      'Category',
      'Categories',
      'Reporting Category',
      'Item Group',
      'Product Category 1',
      'Category Name',
      'Product Type',
    ],
  },
  // Shopify's own tree of categories, where a shop has given no type.
  { name: 'productCategory', aliases: ['Product Category', 'Product Collection Title'] },
  { name: 'tags', aliases: ['Tags', 'Product Tags', 'Product Tag 1', 'Facets'] },
  { name: 'published', aliases: ['Published', 'Published on online store', 'Active', 'Can be Sold', 'Available for sale'] },
  { name: 'status', aliases: ['Status', 'Product Status'] },
  { name: 'disabled', aliases: ['Disabled', 'Archived'] },
  ...options,
  { name: 'optionNames', aliases: ['Option groups', 'optionGroups'] },
  { name: 'optionValues', aliases: ['optionValues', 'Option values'] },
  {
    name: 'sku',
    aliases: ['Variant SKU', 'SKU', 'Internal Reference', 'Item code', 'Code', 'Article number', 'Item No', 'Custom SKU'],
  },
  {
    name: 'barcode',
    aliases: [
      'Variant Barcode',
      'Barcode',
      'Barcode (Barcodes)',
      'GTIN, UPC, EAN, or ISBN',
      'GTIN',
      'EAN',
      'UPC',
      'EAN13',
      'ISBN',
    ],
  },
  {
    name: 'price',
    isNumber: true,
    aliases: [
      'Variant Price',
      'Regular price',
      'Price',
      'Selling price',
      'Retail price',
      'Unit Price',
      'Default price',
      'Sales Price',
      'Sale price',
      'Standard Selling Rate',
      'List price',
      'Cost and price',
      'Rate',
      'السعر',
      'Цена',
    ],
  },
  { name: 'salePrice', isNumber: true, aliases: ['Sale price', 'Online Sale Price', 'Special price'] },
  {
    name: 'comparePrice',
    isNumber: true,
    aliases: ['Variant Compare At Price', 'Compare-at price', 'Price before', 'Old price', 'RRP', 'MSRP'],
  },
  {
    name: 'cost',
    isNumber: true,
    aliases: [
      'Cost per item',
      'Cost',
      'Cost Price',
      'Buying price',
      'Purchase cost',
      'Default Unit Cost',
      'Default Cost',
      'Supply price',
      'Purchase Rate',
      'Purchase price',
      'Valuation Rate',
      'Standard cost',
    ],
  },
  {
    name: 'weight',
    isNumber: true,
    aliases: [
      'Variant Grams',
      'Weight value',
      'Weight',
      'Product Weight',
      'Weight (kg)',
      'Weight (g)',
      'Weight (lbs)',
      'Weight (oz)',
      'grams',
    ],
  },
  { name: 'weightUnit', aliases: ['Weight unit', 'Weight UOM'] },
  { name: 'taxable', aliases: ['Variant Taxable', 'Charge tax', 'Taxable', 'Tax status'] },
  {
    name: 'taxClass',
    aliases: ['Tax class', 'Tax Category', 'taxCategory', 'Tax 1 Name', 'Customer Taxes', 'Item Tax Template', 'Tax'],
  },
  { name: 'unit', aliases: ['Unit', 'Unit of Measure', 'Default Unit of Measure', 'Stock UOM', 'UOM', 'Usage unit'] },
  { name: 'priceUnit', aliases: ['Price unit', 'Price per', 'Price is for'] },
  { name: 'kind', aliases: ['Kind', 'Item Type', 'Goods or service'] },
  { name: 'maintainStock', aliases: ['Maintain Stock', 'Stockable', 'trackInventory', 'Track inventory'] },
]
