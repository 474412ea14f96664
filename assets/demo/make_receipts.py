#!/usr/bin/env python3
"""Draws the demo receipts: grey camera frames of the sales in sales.jsonl.

    python3 -m venv /tmp/receipts && /tmp/receipts/bin/pip install pillow segno python-barcode
    /tmp/receipts/bin/python assets/demo/make_receipts.py

The pictures stand in the repository; run this only to change them. Nothing in it is random. Fonts: DejaVu (Debian
package fonts-dejavu-core). Made with pillow 13.0, segno 1.6, python-barcode 0.16; `cargo test --test demo_receipts`
decodes every picture and looks its sale up.
"""

import json
from pathlib import Path

import barcode
import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).parent
FRAME = (1280, 720)  # what the camera is asked for first
DENSITY = 2  # flat drawings are made this much larger than they lie in the frame
FONTS = Path("/usr/share/fonts/truetype/dejavu")
INK, QUIET, PAPER = 38, 110, 236
SIGN = {"USD": "$", "KRW": "₩", "CNY": "¥", "GBP": "£"}
WALLET = {
    "alipay": "Alipay",
    "wechatpay": "WeChat Pay",
    "paypal": "PayPal",
    "venmo": "Venmo",
    "cashapp": "Cash App",
    "kakaopay": "KakaoPay",
}


def font(name, size):
    return ImageFont.truetype(FONTS / f"{name}.ttf", size * DENSITY)


def groups(number):
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


class Sheet:
    """Something flat, written from the top: a receipt or a phone's screen. Lengths are in frame pixels."""

    def __init__(self, width, height, ground=PAPER, margin=32, mono=True):
        self.width, self.height, self.margin, self.y = width, height, margin, margin
        self.image = Image.new("L", (width * DENSITY, height * DENSITY), ground)
        self.draw = ImageDraw.Draw(self.image)
        self.face = "DejaVuSansMono" if mono else "DejaVuSans"

    def text(self, left="", right="", middle="", size=20, ink=INK, bold=False):
        face = font(self.face + ("-Bold" if bold else ""), size)
        for words, x, anchor in (
            (left, self.margin, "la"),
            (right, self.width - self.margin, "ra"),
            (middle, self.width / 2, "ma"),
        ):
            if words:
                self.draw.text((x * DENSITY, self.y * DENSITY), words, fill=ink, font=face, anchor=anchor)
        self.y += round(size * 1.45)

    def rule(self):
        y = (self.y + 6) * DENSITY
        for x in range(self.margin, self.width - self.margin, 12):
            self.draw.line((x * DENSITY, y, (x + 6) * DENSITY, y), fill=INK, width=DENSITY)
        self.y += 16

    def bars(self, symbology, text, module, height):
        """Bars of `module` frame pixels each; gives the text with its check digit, where the symbology has one."""
        code = barcode.get_barcode_class(symbology)(text)
        row = code.build()[0].strip("0")  # one text of 0 and 1
        left = (self.width - len(row) * module) / 2
        for at, bar in enumerate(row):
            if bar == "1":
                box = (left + at * module, self.y, left + (at + 1) * module, self.y + height)
                # Pillow paints the far edge too.
                self.draw.rectangle([round(v * DENSITY) - (i > 1) for i, v in enumerate(box)], fill=INK)
        self.y += height + 6
        return code.get_fullcode()

    def matrix(self, text, module):
        rows = segno.make(text, error="q", micro=False, boost_error=False).matrix
        left = (self.width - len(rows) * module) / 2
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    x0, y0 = left + across * module, self.y + down * module
                    box = (x0, y0, x0 + module, y0 + module)
                    self.draw.rectangle([round(v * DENSITY) - (i > 1) for i, v in enumerate(box)], fill=INK)
        self.y += len(rows) * module + 6


def frame(sheet, angle, centre, counter=72, round_corners=0, curl=True):
    """Lays the sheet under the camera: turned, shaded, with a shadow and the lamp's falloff."""
    big = (FRAME[0] * DENSITY, FRAME[1] * DENSITY)
    flat = sheet.image
    mask = Image.new("L", flat.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, flat.size[0] - 1, flat.size[1] - 1), round_corners * DENSITY, fill=255)
    if curl:  # thermal paper comes off a roll: darker towards one side
        slope = Image.linear_gradient("L").rotate(90).resize(flat.size, Image.Resampling.BICUBIC)
        flat = ImageChops.multiply(flat, slope.point([210 + value * 45 // 255 for value in range(256)]))

    def lay(image, shift, ground):
        whole = Image.new("L", big, ground)
        at = [round(centre[i] * DENSITY - image.size[i] / 2) + shift * DENSITY for i in (0, 1)]
        whole.paste(image, tuple(at))
        turn_about = (centre[0] * DENSITY, centre[1] * DENSITY)
        return whole.rotate(angle, Image.Resampling.BICUBIC, center=turn_about, fillcolor=ground)

    scene = Image.new("L", big, counter)
    shadow = lay(mask, 9, 0).resize(FRAME).filter(ImageFilter.GaussianBlur(12)).resize(big)
    scene = Image.composite(Image.new("L", big, counter // 3), scene, shadow)
    scene = Image.composite(lay(flat, 0, PAPER), scene, lay(mask, 0, 0))
    scene = scene.resize(FRAME, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.7))

    # The lamp hangs up left of the middle; corners keep about two thirds of its light.
    lamp = Image.radial_gradient("L").resize((FRAME[0] * 2, FRAME[0] * 2), Image.Resampling.BICUBIC)
    lamp = lamp.crop((740, 1010, 740 + FRAME[0], 1010 + FRAME[1]))
    return ImageChops.multiply(scene, lamp.point([255 - value * 110 // 255 for value in range(256)]))


def head(sheet, sale):
    sheet.text(middle="HARBOR VIEW", size=28, bold=True)
    sheet.text(middle="Tea · Groceries · Kitchen", size=16)
    sheet.rule()
    for item in sale["items"]:
        count = f" x{item['quantity']}" if item["quantity"] > 1 else ""
        sheet.text(item["description"] + count, item["amount"])
    sheet.rule()
    sheet.text(f"TOTAL {sale['currency']}", sale["amount"], bold=True, size=24)
    sheet.text("Paid with", WALLET[sale["wallet"]])
    if "reference" in sale:
        sheet.text(sale["reference"], size=18)
    sheet.y += 14


def receipt_bars(sale, angle, centre, module=4):
    sheet = Sheet(640, 700)
    head(sheet, sale)
    sheet.bars("code128", sale["transaction_no"], module, 110)
    sheet.text(middle=groups(sale["transaction_no"]), size=22)
    sheet.text(middle="Keep this receipt for a refund", size=16)
    return frame(sheet, angle, centre)


def receipt_matrix(sale, text, caption, angle, centre, module=7):
    sheet = Sheet(560, 760)
    head(sheet, sale)
    sheet.matrix(text, module)
    sheet.text(middle=caption, size=18)
    return frame(sheet, angle, centre)


def bill(sale, rows, angle, centre, both):
    """A wallet's bill page on a phone."""
    sheet = Sheet(620, 900, ground=250, margin=44, mono=False)
    amount = f"{int(sale['amount']):,}" if sale["currency"] == "KRW" else sale["amount"]
    sheet.text(middle=WALLET[sale["wallet"]], size=20, ink=QUIET)
    sheet.text(middle=f"−{SIGN[sale['currency']]}{amount}", size=52, bold=True)
    sheet.text(middle="Harbor View", size=22)
    sheet.y += 12
    if both:
        sheet.matrix(sale["transaction_no"], 8)
        sheet.y += 14
    sheet.bars("code128", sale["transaction_no"], 3.5, 110)
    sheet.text(middle=groups(sale["transaction_no"]), size=22)
    sheet.y += 12
    for left, right in rows:
        sheet.text(left, right, size=20, ink=QUIET)
    # The phone itself, a dark edge around its screen.
    phone = Sheet(sheet.width + 36, sheet.height + 60, ground=14)
    phone.image.paste(sheet.image, (18 * DENSITY, 30 * DENSITY))
    return frame(phone, angle, centre, counter=96, round_corners=44, curl=False)


def product(angle, centre):
    """The goods instead of the receipt: what a cashier holds up by mistake. 200-299 is for a store's own use in GS1."""
    sheet = Sheet(600, 460, ground=224)
    sheet.text(middle="OOLONG TEA", size=44, bold=True)
    sheet.text(middle="Loose leaf · 500 ml bottle", size=20)
    sheet.y += 20
    full = sheet.bars("ean13", "200481500321", 4, 170)
    sheet.text(middle=f"{full[0]} {full[1:7]} {full[7:]}", size=26)
    return frame(sheet, angle, centre, counter=88, round_corners=18)


def main():
    sales = [json.loads(line) for line in (HERE / "sales.jsonl").read_text(encoding="utf-8").splitlines()]
    by = {sale.get("transaction_no") or sale["reference"]: sale for sale in sales}
    web = "https://receipt.harborview.example/r?transactionNo="
    paypal, drink = by["312097754168830295"], by["POS02-20261121-001107"]
    pictures = {
        "01-tea-alipay": receipt_bars(by["297553638301777927"], 4.0, (610, 392)),
        "02-teapot-wechat": receipt_bars(by["301846290573318462"], -5.5, (668, 396)),
        "03-steamer-paypal": receipt_matrix(
            paypal, web + paypal["transaction_no"], "Scan for your receipt", 3.0, (640, 398), module=6
        ),
        "04-noodles-venmo": receipt_bars(by["298410027366951840"], -2.5, (640, 402)),
        "05-ginseng-kakaopay": bill(
            by["314562809937710486"], [("Status", "Paid"), ("Order", "POS03-20261121-004405")], 5.0, (640, 440), False
        ),
        "06-bill-alipay": bill(by["306548172903385647"], [("Status", "Paid")], -4.0, (640, 420), True),
        "07-soymilk-reference": receipt_matrix(drink, drink["reference"], drink["reference"], -4.0, (640, 400)),
        "08-product": product(6.0, (640, 360)),
    }
    for name, picture in pictures.items():
        picture.save(HERE / "receipts" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
