package ui

// The pictures of kinds of work.
const (
	IconWorkCleaning  Icon = "work-cleaning"
	IconWorkGreen     Icon = "work-green"
	IconWorkKitchen   Icon = "work-kitchen"
	IconWorkGuests    Icon = "work-guests"
	IconWorkLogistics Icon = "work-logistics"
	IconWorkPacking   Icon = "work-packing"
	IconWorkRepair    Icon = "work-repair"
	IconWorkBuilding  Icon = "work-building"
	IconWorkTextile   Icon = "work-textile"
	IconWorkOffice    Icon = "work-office"
	IconWorkDigital   Icon = "work-digital"
	IconWorkCare      Icon = "work-care"
	IconWorkShop      Icon = "work-shop"
	IconWorkAnimals   Icon = "work-animals"
	IconWorkTogether  Icon = "work-together"
)

// workIcons lists them.
func workIcons() []Icon {
	return []Icon{IconWorkCleaning, IconWorkGreen, IconWorkKitchen, IconWorkGuests, IconWorkLogistics, IconWorkPacking,
		IconWorkRepair, IconWorkBuilding, IconWorkTextile, IconWorkOffice, IconWorkDigital,
		IconWorkCare, IconWorkShop, IconWorkAnimals, IconWorkTogether}
}

// workStrokes is the drawing of one of them, or nothing.
func (i Icon) workStrokes() string {
	switch i {
	case IconWorkCleaning:
		return `<path d="M14.5 3.500 11 12M6.5 12h9l2 8.500h-13zM9 16.500v4M13 16.500v4"/>`
	case IconWorkGreen:
		return `<path d="M12 20.500v-9M12 14c-4.500 0-6.500-2.500-6.500-6.500 4.500 0 6.500 2.500 6.500 6.500ZM12 11.500c0-4 2-6.500 6.500-7 0 4.500-2 7-6.500 7ZM6.500 20.500h11"/>`
	case IconWorkKitchen:
		return `<path d="M4.5 11.500h15v4a4.500 4.500 0 0 1-4.500 4.500H9a4.500 4.500 0 0 1-4.500-4.500zM2.500 11.500h19M9 8c-1.200-1.500 1.200-2.500 0-4M14.5 8c-1.200-1.500 1.200-2.500 0-4"/>`
	case IconWorkGuests:
		return `<path d="M5 9.500h11v5.500a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM16 11h1.500a2.500 2.500 0 0 1 0 5H16M4 21h13M8.500 6.500V4M12.5 6.500V4"/>`
	case IconWorkLogistics:
		return `<path d="M2.500 6.500h11v10h-11zM13.500 10h4l3.500 3.500v3h-7.500"/><circle cx="7" cy="17.500" r="2"/><circle cx="17" cy="17.500" r="2"/>`
	case IconWorkPacking:
		return `<path d="m12 3.500 8 4v9l-8 4-8-4v-9zM4 7.500l8 4 8-4M12 11.500v9M8 5.500l8 4"/>`
	case IconWorkRepair:
		return `<path d="M14.500 6.500a4.500 4.500 0 0 1 5.700 5.700l-3.200-1-1.500-1.500zM14.500 6.500a4.500 4.500 0 0 0-1 5L4.500 19l1.500 1.500 8-8.500a4.500 4.500 0 0 0 6.200.2"/>`
	case IconWorkBuilding:
		return `<rect x="4" y="4" width="12.500" height="5" rx="1.500"/><path d="M16.500 6.500H20v5h-8v3M10.500 14.500h3v6h-3z"/>`
	case IconWorkTextile:
		return `<path d="m8 4-4.500 3 2 4 2-1v10h9V10l2 1 2-4L16 4c-1 2-2.300 3-4 3S9 6 8 4Z"/>`
	case IconWorkOffice:
		return `<path d="M5 20.500V5.500a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v15M3.500 20.500h17M9 8h2M13 8h2M9 12h2M13 12h2M10.500 20.500v-4h3v4"/>`
	case IconWorkDigital:
		return `<rect x="5" y="5" width="14" height="10" rx="2"/><path d="M2.500 19h19M9.500 19l.5-1.500h4l.5 1.500"/>`
	case IconWorkCare:
		return `<path d="M12 20c-5-3.500-8-6.500-8-10a4.200 4.200 0 0 1 8-2 4.200 4.200 0 0 1 8 2c0 3.500-3 6.500-8 10Z"/>`
	case IconWorkShop:
		return `<path d="M4 9.500 5.500 4h13L20 9.500a2.700 2.700 0 0 1-5.300 0 2.700 2.700 0 0 1-5.400 0 2.700 2.700 0 0 1-5.300 0ZM5.500 12v8.500h13V12M10 20.500V16h4v4.500"/>`
	case IconWorkAnimals:
		return `<circle cx="6" cy="10.500" r="1.800"/><circle cx="10" cy="6.500" r="1.800"/><circle cx="14" cy="6.500" r="1.800"/><circle cx="18" cy="10.500" r="1.800"/><path d="M12 11.500c-2.500 0-5 3-5 5.500a2.300 2.300 0 0 0 3 2.200c1.300-.400 2.700-.400 4 0a2.300 2.300 0 0 0 3-2.200c0-2.500-2.500-5.500-5-5.500Z"/>`
	case IconWorkTogether:
		return `<path d="M4 5.500h9.500a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H9l-3.500 3v-3H4ZM18.500 9.500H20v8h-1.500v3l-3.500-3h-3"/>`
	default:
		return ""
	}
}
