import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggestMapping } from '#kit/server/import/importable.ts'
import { productColumns } from './columns.rules.ts'

const KES = { currency: 'KES', taxInside: true }
const suggested = (headings: string, field: string) => suggestMapping(productColumns, headings.split(','), {}, KES)[field]

test('a bracket may say that a column is something else: a plain heading goes before it, and a guess is never one of several', () => {
  const cases: [headings: string, field: string, column: string | undefined][] = [
    ['Name,Price (cost),Price (retail)', 'price', 'Price (retail)'],
    ['Name,Price (cost),Price (retail)', 'cost', 'Price (cost)'],
    ['Name,Price (wholesale),Price', 'price', 'Price'],
    ['Name,Price (wholesale)', 'price', undefined],
    ['Name,Price (retail),Price', 'price', 'Price'],
    ['Name,Price (old),Price (new)', 'price', 'Price (new)'],
    ['Name,Price (old),Price (new)', 'comparePrice', 'Price (old)'],
    ['Name,Price (member),Selling price', 'price', 'Selling price'],
    ['Name,Price [Wholesale],Price [Retail]', 'price', 'Price [Retail]'],
    ['Name,Price [Wholesale]', 'price', undefined],
    ['Name,Price [Main Street],In stock [Main Street]', 'price', 'Price [Main Street]'],
    ['Name,Price [Main Street],Price [Harbour]', 'price', undefined],
    ['Name,السعر (جملة),السعر (تجزئة)', 'price', 'السعر (تجزئة)'],
    ['Name,السعر (جملة)', 'price', undefined],
    ['Name,Цена (опт),Цена (розница)', 'price', 'Цена (розница)'],
    ['Name,Цена (опт)', 'price', undefined],
    ['Name,Bei (jumla),Bei (rejareja)', 'price', 'Bei (rejareja)'],
    ['Name,Price,Cost (last)', 'cost', undefined],
    ['Name,Price,Cost (last),Cost', 'cost', 'Cost'],
    ['Name,Price,Barcode (old),Barcode (new)', 'barcode', 'Barcode (new)'],
    ['Name,Price,Barcode (old),Barcode (new)', 'barcode2', undefined],
    // Xero, QuickBooks and 1C.
    ['*ItemCode,ItemName,PurchasesUnitPrice,SalesUnitPrice,SalesTaxRate', 'price', 'SalesUnitPrice'],
    ['*ItemCode,ItemName,PurchasesUnitPrice,SalesUnitPrice,SalesTaxRate', 'cost', 'PurchasesUnitPrice'],
    ['*ItemCode,ItemName,PurchasesUnitPrice,SalesUnitPrice,SalesTaxRate', 'taxClass', 'SalesTaxRate'],
    ['Active Status,Type,Item,U/M,Preferred Vendor,Cost,Price', 'unit', 'U/M'],
    ['Active Status,Type,Item,U/M,Preferred Vendor,Cost,Price', 'status', 'Active Status'],
    ['Наименование,Цена розничная руб.,Закупочная', 'price', 'Цена розничная руб.'],
    ['Наименование,Цена розничная руб.,Закупочная', 'cost', 'Закупочная'],
    // Tally, DEAR and Unleashed.
    ['Name of Item,Part No.,Unit', 'name', 'Name of Item'],
    ['Name of Item,Part No.,Unit', 'sku', 'Part No.'],
    ['ProductCode,Name,PriceTier1,PriceTier2', 'price', 'PriceTier1'],
    ['Product Code,Item Name,Default Sell Price,Default Purchase Price', 'price', 'Default Sell Price'],
    // Two lines of headings are one of these.
    ['Item,Price (Wholesale),Price (Retail)', 'price', 'Price (Retail)'],
    ['Item,السعر (جملة),السعر (قطاعي)', 'price', 'السعر (قطاعي)'],
    ['Item,Prices (Cost),Prices (Selling price)', 'price', 'Prices (Selling price)'],
    ['Item,Prices (Cost),Prices (Selling price)', 'cost', 'Prices (Cost)'],
    ['Item,Amount (Unit)', 'unit', undefined],
    // What says a unit, a currency or the way of the tax is no other price.
    ['Name,Price (USD),Price (KES)', 'price', 'Price (KES)'],
    ['Name,Price (USD)', 'price', 'Price (USD)'],
    ['Name,Price (excl. VAT),Price (incl. VAT)', 'price', 'Price (incl. VAT)'],
    ['Name,Price (per kg)', 'price', 'Price (per kg)'],
    ['Name,Price (net),Price (gross)', 'price', 'Price (gross)'],
    ['Name,Gross price', 'price', 'Gross price'],
    // What is refused row by row with its reason is shown as the price that it is.
    ['Name,Price (net)', 'price', 'Price (net)'],
    ['Name,Price (cents)', 'price', 'Price (cents)'],
    ['Name,Price (cents),Price', 'price', 'Price'],
    // Nobody knows what these are.
    ['Name,Price (K)', 'price', undefined],
    ['Name,Price (%)', 'price', undefined],
    ['Name,Price %', 'price', undefined],
    ['Name,Price (tax)', 'price', undefined],
    ['Name,Price (competitor)', 'price', undefined],
    ['Name,Price (2024)', 'price', undefined],
    ['Name,Price (estimate)', 'price', undefined],
    ['Name,Price,Cost (estimate)', 'cost', undefined],
    ['Name,Price,Weight (kg)', 'weight', 'Weight (kg)'],
    ['Name *,Price,Active (0/1)', 'published', 'Active (0/1)'],
    ['Name *,Price,"Categories (x y z...)"', 'name', 'Name *'],
    ['Name,Price,Description (Online Store and Invoices only)', 'description', 'Description (Online Store and Invoices only)'],
  ]
  for (const [headings, field, column] of cases) assert.equal(suggested(headings, field), column, `${field}: ${headings}`)
})
