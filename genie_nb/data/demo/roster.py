"""Who is listed in the fictional market: one line a company, every name invented.

Columns: ticker, name, industry, market cap in millions of dollars, price, trailing P/E (`-` for a loss
maker), revenue growth over a year in percent. Market cap, price and P/E hold at the last session; the
tape and the books are made backwards from them.
"""

from collections.abc import Mapping

ROSTER: Mapping[str, str] = {
    "Communication Services": """
        OVLK  Overlook Networks         Interactive media            412000  318.40  24.6  14
        TLPR  Talepiper Studios         Entertainment                 64000  142.75  27.3  11
        CBLX  Copperbell Wireless       Telecom services              38000   57.20  13.9   4
        SGNV  Signal Valley Fiber       Telecom services               7400   41.35  15.4   6
        MRQB  Marquee Barn              Entertainment                  4100   28.60  18.2   9
        PGNP  Pigeon Post Media         Publishing                     1650   22.15  12.6   3
        JBQK  Jukebox Quarter           Broadcasting                    940   14.90  16.8   7
        ADLN  Adlantern                 Advertising                     610   11.45  19.7  13
        CRWL  Crowdwell Games           Electronic gaming               480    9.35  21.9  17
        RDLB  Redline Broadband         Telecom services                720    6.80     -  -6
        WVLT  Wavelet Podcasts          Broadcasting                    215    5.10  14.7   8
        FLKR  Flickermill Cinemas       Entertainment                   120    3.45     -  -9
        PKLN  Pocket Lantern Games      Electronic gaming                31    1.85     -  22
    """,
    "Consumer Discretionary": """
        BZRR  Bazaar Ring               Internet retail              286000  201.60  31.4  12
        WHMT  Wheelmont Motors          Auto manufacturers            71000   88.30   9.8   5
        LGGR  Loggerhead Resorts        Lodging                       24500  112.40  22.7   8
        TWNG  Twin Gables Homes         Homebuilding                   8300   64.20  10.6   6
        STRD  Stridewell Footwear       Footwear                       4700   37.85  19.5  10
        KTLB  Kettlebrook Restaurants   Restaurants                    2900   45.10  24.1   9
        HFBX  Harbor Fabrics            Textiles                       1240   18.70  13.2   4
        PRLM  Parlormill Furniture      Furnishings                     890   24.35  15.9   3
        BKTR  Bicycle Terrace           Leisure products                560   13.20     -  11
        GLDM  Goldmoth Jewelers         Luxury goods                    430   16.85  18.8   5
        CMPF  Campfire Outfitters       Specialty retail                350    8.25     -   2
        VWHM  Voltwhisper Motors        Auto manufacturers              260    2.90     -  38
        SUDS  Sudsbury Car Wash         Personal services               145    7.15  20.9   9
        TNTC  Tin Top Caravans          Recreational vehicles            44    2.60     -  -7
    """,
    "Consumer Staples": """
        GRNF  Grainfield Brands         Packaged foods               231000  126.90  23.8   5
        PANT  Pantry Union              Grocery stores                52000   83.55  17.2   4
        SOAP  Soapstone Household       Household products            33000  104.30  25.1   4
        HRBF  Harbor Foods              Packaged foods                 9100   58.40  19.4   6
        MLLR  Millrace Beverages        Beverages                      5200   46.75  22.3   8
        ORCD  Orchard Lane Farms        Farm products                  2600   33.20  14.8   3
        NWKT  Newhaven Kettle           Beverages                      1100   19.60  28.4  24
        BRNB  Barnburner Bakery         Packaged foods                  760   21.40  20.6   7
        TALW  Tallow and Wick           Household products              520   12.95  18.1   4
        PLTU  Plateau Packaging         Packaged foods                  410   20.10  16.3   2
        DLLW  Dillwater Pickle          Packaged foods                  330    7.90     -   1
        SPRG  Sprigg Organics           Farm products                   190    4.35  21.5  12
        GMBL  Gumball Alley             Confectioners                    38    1.70     -   5
    """,
    "Energy": """
        PTRA  Petrarca Oil              Oil and gas integrated       248000   96.20  11.2   3
        DRLW  Drillwater Resources      Oil and gas exploration       41000   62.85   9.4   2
        PPGT  Pipers Gate Midstream     Oil and gas midstream         22500   38.10  12.7   5
        RGGD  Ruggedy Services          Oilfield services              6900   27.45  11.9   7
        CNDL  Candlepine Gas            Oil and gas exploration        3800   31.60   8.6   1
        TNKR  Tankard Shipping          Marine transport               1900   23.75   8.2  -3
        HLTS  Haltstone Shipping        Marine transport               1050   17.30  10.1   4
        BRRL  Barrelhouse Refining      Refining                        830   15.55   9.1  -2
        MUDL  Mudlark Drilling          Oilfield services               590    9.85  13.5   8
        ZPHF  Zephyr Fusion             Alternative energy              680   12.40     -  46
        FLRE  Flarestack Power          Alternative energy              310    5.65     -  15
        WLLB  Wellbeck Royalty          Oil and gas exploration         175    8.20  10.9   6
        SHLN  Shale Lantern             Oil and gas exploration          29    1.25     -  -12
    """,
    "Financials": """
        MNTH  Monolith Bancorp          Banks - Diversified          305000  168.50  12.4   6
        LDGR  Ledgerline Payments       Credit services               88000  214.70  26.8  13
        ANCR  Anchorage Mutual          Insurance - Property          29000   91.40  11.6   7
        KEEP  Keepsafe Trust            Asset management              12400   73.25  14.2   8
        BRWL  Bridgewell Bank           Banks - Regional               6200   48.90  10.8   5
        UMBR  Umbrella Street           Insurance - Life               3300   36.15   9.7   4
        GFBK  Granite Ferry Bank        Banks - Regional               1420   29.80  10.2   6
        PNYM  Pennymill Savings         Banks - Regional                780   18.35   9.3   3
        COBL  Cobblestone Lending       Mortgage finance                640   13.70     -   9
        VLTK  Vaultkey Brokers          Capital markets                 520   22.60  15.1  11
        BRTR  Barterbox Credit          Credit services                 440    6.95     -  19
        TLLR  Tellerfield Bank          Banks - Regional                210   14.10   8.7   2
        COPS  Copperpenny Loans         Credit services                  42    2.10     -  -4
    """,
    "Health Care": """
        HLXM  Helixmoor Pharma          Drug manufacturers           364000  188.20  21.7   9
        CRPL  Carepoplar                Health insurance              76000  296.40  16.9  10
        SCLP  Scalpelworks              Medical devices               34000  121.80  29.6  11
        DNTL  Dentalyard                Medical distribution           5800   52.35  18.4   6
        RXBL  Rx Bluebell               Drug manufacturers             4300   39.70  15.3   5
        LABW  Labwright Diagnostics     Diagnostics                    2700   44.90  24.8   8
        NRSE  Nursery Lane Clinics      Care facilities                1350   26.45  19.2   7
        ORTH  Orthowell Implants        Medical devices                 920   20.85     -   9
        PILL  Pillarbox Pharmacy        Pharmaceutical retail           570   10.65  14.1   3
        VISN  Visionmere Optics         Medical devices                 450   17.25  26.3  12
        LUMR  Lumenara Therapeutics     Biotechnology                   640    8.75     -   0
        GENQ  Genequarry Bio            Biotechnology                   380    5.90     -   0
        MDTH  Medithread Sutures        Medical instruments             165    6.40  20.1   6
        CLLV  Cellvane Oncology         Biotechnology                   110    2.35     -   0
        RSPR  Respirra Inhalers         Medical devices                  27    1.15     -  18
    """,
    "Industrials": """
        TRBN  Turbinewright             Aerospace and defense        214000  172.60  24.8   7
        RLRD  Railrider Freight         Railroads                     58000   98.75  19.3   4
        CRNE  Craneholm Machinery       Farm and heavy machinery      27500  143.20  16.1   6
        RHFA  Rheinfels Antriebe        Electrical equipment           8600   67.60  14.1   5
        BLTW  Boltwick Fasteners        Tools and accessories          4900   50.70  16.9   6
        PVNG  Pavingstone Works         Construction and engineering   2450   34.95  12.4   9
        FRKL  Forklift Junction         Rental services                1580   31.20  15.2   5
        ACME  ACME Corp                 Specialty machinery             850   21.25  18.0  12
        WNCH  Winchester Hollow Tools   Tools and accessories           690   25.85  21.5   8
        AIRB  Airbrook Couriers         Air freight                     540   16.10  17.6  10
        STMP  Stampwell Presses         Specialty machinery             460   27.90  28.7  14
        GRDR  Girderlight Steelworks    Construction and engineering    370    9.60     -  -2
        UNFM  Uniformia Laundry         Business services               240   11.85   9.8   3
        DRON  Dronewick Surveys         Aerospace and defense            36    2.45     -  31
    """,
    "Information Technology": """
        OMVL  Omnivale Systems          Software - Infrastructure    920000  384.60  32.6  16
        QLLN  Quillon Semiconductors    Semiconductors                96000  154.30  34.1  27
        SFTG  Softgate Office           Software - Application        47000  131.85  30.2  12
        RCKS  Rackspire Hardware        Computer hardware             14200   72.40  18.9   8
        CCMW  Circuitmeadow             Electronic components          7700   55.65  23.5   9
        TKNR  Tokener Security          Software - Infrastructure      3900   41.20     -  25
        PXLB  Pixelbarn                 Software - Application         2300   33.15  34.6  19
        CDXA  Codexia Consulting        IT services                    1480   28.90  20.4   7
        BRMR  Brightmoor Robotics       Scientific instruments          980   19.75  27.8  21
        SOLD  Solderfield Contract      Electronic components           730   17.40  15.7   5
        ANTN  Antennary                 Communication equipment         510    8.55     -   4
        DTMN  Datamoon Analytics        Software - Application          420    7.30     -  18
        CHPY  Chipyard Recycling        Semiconductors                  230    6.25  25.9  10
        BYTS  Bytesmith Backup          Software - Infrastructure        47    2.20     -  13
    """,
    "Materials": """
        ORED  Oredale Mining            Other metals                 118000   79.35  13.6   6
        CHMW  Chemwold                  Specialty chemicals           36500   94.80  18.7   4
        PPRM  Papermoss Packaging       Packaging                     11600   51.25  15.2   3
        STDW  Steadfield Aggregates     Building materials             6400  118.60  22.9  11
        CPRH  Copperhatch               Copper                         3400   29.45  12.3   8
        LUMB  Lumberjack Bay            Lumber                         2150   24.70  14.4  -1
        GYPS  Gypsum Terrace            Building materials             1270   33.50  13.9   5
        DNGV  Dunmore Gravel            Building materials              295   14.65  11.7   4
        PGMT  Pigmentary                Specialty chemicals             680   19.25  17.1   6
        SLMR  Saltmarsh Minerals        Agricultural inputs             480   12.35   9.9   2
        LTMB  Lithomere Brine           Other metals                    390    4.70     -  33
        ALUM  Alumwick Foundry          Aluminum                        310    8.95     -  -4
        GLDP  Goldpan Ridge             Gold                             85    1.95     -   0
        ZINC  Zincado Smelters          Other metals                     33    1.40     -  -8
    """,
    "Real Estate": """
        TOWR  Towerhouse Trust          REIT - Specialty              84000  189.70  33.4   7
        WRHS  Warehouse Row             REIT - Industrial             31000   64.35  29.8   8
        APTM  Apartment Meadow          REIT - Residential            13800   87.90  27.2   5
        MALL  Mallard Malls             REIT - Retail                  5600   42.15  19.6   3
        OFFC  Officeholm                REIT - Office                  2750   26.80  23.1   1
        STRG  Storagecote               REIT - Specialty               2300   35.40  26.0   6
        CLQS  Clinic Square Trust       REIT - Healthcare              1560   21.95  24.7   4
        HTLR  Hotelier Yards            REIT - Hotel                    880   12.75     -   7
        RNCH  Ranchwater Land           Real estate development         640   38.20  31.5   9
        BKHN  Brokerhouse Nine          Real estate services            470    9.45  18.3   5
        PRKG  Parkinglot Partners       Real estate services            340    6.60     -  -5
        FMGT  Farmgate Acres            REIT - Specialty                220   10.85  28.6   3
        CSVD  Casaverde Lots            Real estate development          41    1.55     -  11
    """,
    "Utilities": """
        GRDS  Gridstone Electric        Utilities - Electric          92000   76.80  19.1   5
        HRTH  Hearthstone Utilities     Utilities - Diversified       34500   68.45  17.9   4
        RIVR  Riverwheel Hydro          Utilities - Renewable         12900   39.60  21.6   8
        AQDC  Aquaduct Water            Utilities - Water              7200   82.30  24.4   6
        GASW  Gaswell District          Utilities - Gas                4600   44.25  15.8   3
        SUNP  Sunpath Fields            Utilities - Renewable          2500   27.10  23.2  13
        LAMP  Lamplight Power           Utilities - Electric           1700   35.90  16.4   4
        DAMM  Dammering Water           Utilities - Water               980   23.55  18.7   5
        CTYL  Cityline Steam            Utilities - Diversified         560   18.80  13.7   2
        WNDR  Windrow Turbines          Utilities - Renewable           430    7.75     -  16
        PELT  Peltonbrook Hydro         Utilities - Renewable           260    9.90  20.3   7
        BATT  Batterydale Storage       Utilities - Renewable           140    3.20     -  29
        TIDL  Tidal Lane Energy         Utilities - Renewable            35    1.30     -   9
    """,
}
"""Sector to its companies."""
