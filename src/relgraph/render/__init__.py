"""The interactive map and the report: layout, style, payload and one HTML file each."""
