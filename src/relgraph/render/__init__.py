"""The interactive map: layout, style, payload and one HTML file."""
